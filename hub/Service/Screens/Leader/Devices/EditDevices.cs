using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Devices;
using Reception.Hub.Pairing;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Screens.Leader.Devices;

/// <summary>What administrators do with devices: accept or reject new ones; name, move, identify and revoke those of the hall.</summary>
internal sealed class EditDevices(
    Desk desk, Pairings pairings, DeviceList devices, BrokerPost post, CounterDevices counters, Renderer renderer, TimeProvider timeProvider)
{
    private const int IdentifySeconds = 15;

    public static void Map(RouteGroupBuilder leaders)
    {
        var pages = leaders.MapAdministrators("/devices");
        pages.MapGet("/pairing", (EditDevices edit, string? shown, string? replace) => edit.ShowWaiting(shown, replace));
        pages.MapPost("/pairing/{id:guid}/accept", (EditDevices edit, Guid id) => edit.AcceptAsync(id));
        pages.MapPost("/pairing/{id:guid}/reject", (EditDevices edit, Guid id) => edit.Reject(id));
        pages.MapGet("/{id}", (EditDevices edit, string id) => edit.Show(id, null));
        pages.MapPost("/{id}", (EditDevices edit, string id) => edit.ChangeAsync(id));
        pages.MapPost("/{id}/identify", (EditDevices edit, string id) => edit.Identify(id));
        pages.MapPost("/{id}/revoke", (EditDevices edit, string id) => edit.RevokeAsync(id));
    }

    /// <summary>Who waits now.</summary>
    /// <param name="replace">The device that is to be replaced, or null.</param>
    /// <param name="notice">What became of the last decision, or null.</param>
    /// <param name="asked">The pairing whose form was filled in, and that form.</param>
    public PairingView Waiting(string? replace = null, string? notice = null, (Guid Id, Filled Form)? asked = null)
    {
        var waiting = pairings.Waiting();
        var known = waiting.Count == 0 ? [] : devices.Read();
        return new PairingView([.. waiting.Select(device => Line(device, known, replace, asked))], notice);
    }

    private WaitingLine Line(WaitingDevice device, IReadOnlyList<DeviceDocument> known, string? replace, (Guid Id, Filled Form)? asked)
    {
        var replaceable = known.Where(old => old.Kind == device.Kind && (!old.Online || old.Id == replace))
            .Select(old => new ReplaceableDevice(old.Id, old.Name ?? old.Id, old.Counter, !old.Online)).ToList();
        var chosen = replaceable.Find(old => old.Id == replace) ?? (replaceable is [var only] ? only : null);
        return new WaitingLine(
            device.Id, device.Kind, device.Name, device.Address, renderer.Local(device.At), pairings.Left(device), PairingCode.Shown(device.Code), replaceable,
            [.. desk.File.Counters.Select(counter => counter.Number).Order()],
            asked is { } filled && filled.Id == device.Id ? filled.Form : new Filled(desk.Words,
            [
                ("name", chosen?.Name ?? device.Name), ("counter", chosen?.Counter), ("as", chosen?.Id),
            ]));
    }

    private IResult ShowWaiting(string? shown, string? replace)
    {
        var view = Waiting(replace);
        return view.Shown == shown ? Results.NoContent() : new RazorComponentResult<PairingPart>(new { View = view, Replace = replace });
    }

    private async Task<IResult> AcceptAsync(Guid id)
    {
        var form = await desk.ReadAsync();
        if (pairings.Take(id) is not { } device)
        {
            return Answer(Waiting(notice: desk.Words["pairing.gone"]));
        }

        // Until it is known what became of it, it waits on.
        PairingState outcome = new PairingState.Waiting();
        try
        {
            var (name, counter, secret) = (form.Text("name", DeviceName.MaximumLength), Counter(form, device.Kind), Secrets.New());
            if (form.IsRight)
            {
                var command = new PairDevice(device.Kind, name, counter, form["as"] is { Length: > 0 } old ? old : null, Secrets.Hash(secret), desk.Me, device.Address);
                await desk.ExecuteAsync(form, command, paired => outcome = new PairingState.Accepted(paired, secret));
            }
        }
        finally
        {
            pairings.Decide(device, outcome);
        }

        return Answer(outcome is PairingState.Accepted accepted
            ? Waiting(notice: desk.Words["pairing.done", accepted.Device.Name!, accepted.Device.Id])
            : Waiting(asked: (id, form)));
    }

    private IResult Reject(Guid id)
    {
        if (pairings.Take(id) is not { } device)
        {
            return Answer(Waiting(notice: desk.Words["pairing.gone"]));
        }

        pairings.Decide(device, new PairingState.Rejected());
        return Answer(Waiting(notice: desk.Words["pairing.rejected"]));
    }

    /// <summary>The counter of a form; a kind that stands at a counter must have one.</summary>
    private int? Counter(Filled form, string kind)
    {
        var counter = form.Number("counter", 1, Hall.SetupFaults.LargestCounterNumber);
        if (form.IsRight && counter is null && DeviceKinds.IsAtCounter(kind))
        {
            form.Wrong("counter", desk.Words["pairing.counter.needed"]);
        }

        return counter;
    }

    private IResult Answer(PairingView view) => desk.IsPart
        ? new RazorComponentResult<PairingPart>(new { View = view })
        : Results.Redirect("/devices");

    private IResult Show(string id, Filled? form) => desk.Setup.Devices.GetValueOrDefault(id) is not { } device ? Results.NotFound()
        : new RazorComponentResult<DevicePage>(new
        {
            desk.Names,
            desk.Reader,
            desk.Saved,
            Form = form ?? new Filled(desk.Words, [("name", device.Name), ("counter", device.Counter)]),
            device.Id,
            device.Kind,
            Counters = desk.File.Counters.Select(counter => counter.Number).Order().ToList(),
        });

    private async Task<IResult> ChangeAsync(string id)
    {
        var form = await desk.ReadAsync();
        if (desk.Setup.Devices.GetValueOrDefault(id) is not { } device)
        {
            return Results.NotFound();
        }

        var (name, counter) = (form.Optional("name", DeviceName.MaximumLength), Counter(form, device.Kind));
        return form.IsRight && await desk.ExecuteAsync(form, new ChangeDevice(id, name, counter, desk.Me), counters.Assign)
            ? Results.Redirect($"/devices/{id}?saved")
            : Show(id, form);
    }

    private IResult Identify(string id)
    {
        if (!desk.Setup.Devices.ContainsKey(id))
        {
            return Results.NotFound();
        }

        post.Command(id, CommandTypes.Identify, new Identify(IdentifySeconds));
        return Table();
    }

    private async Task<IResult> RevokeAsync(string id)
    {
        var form = new Filled(desk.Words, []);
        await desk.ExecuteAsync(form, new RemoveDevice(id, desk.Me));
        return Table(form.Whole);
    }

    private IResult Table(string? fault = null) => desk.IsPart
        ? new RazorComponentResult<DevicesPart>(new { View = DevicesView.Of(devices, renderer.Local(timeProvider.GetUtcNow()), mayChange: true), Fault = fault })
        : Results.Redirect("/devices");
}
