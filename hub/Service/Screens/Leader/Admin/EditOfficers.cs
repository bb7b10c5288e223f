using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Who works here: name, title and role; a new PIN, shown once; who works here no more keeps a name in the figures.</summary>
internal static class EditOfficers
{
    private const string Fresh = "new";
    private const int LongestCode = 16;
    private const int LongestName = 80;

    public static void MapOfficers(this RouteGroupBuilder pages)
    {
        pages.MapGet("/officers", List);
        pages.MapGet("/officers/{code}", (Desk desk, string code) => Find(desk, code) is { } officer
            ? Show(desk, code, new Filled(desk.Words, Values(officer)))
            : code == Fresh ? Show(desk, code, new Filled(desk.Words, [("role", Roles.Officer)])) : Results.NotFound());
        pages.MapPost("/officers/{code}", async (Desk desk, string code) => code == Fresh || Find(desk, code) is not null
            ? await desk.SaveAsync(await desk.ReadAsync(), form => Read(form, desk, code), "/admin/officers", form => Show(desk, code, form))
            : Results.NotFound());
        pages.MapPost("/officers/{code}/pin", async (Desk desk, string code) => Find(desk, code) is { Left: false } officer
            ? await ResetPinAsync(desk, officer)
            : Results.NotFound());
    }

    private static async Task<IResult> ResetPinAsync(Desk desk, OfficerEntry officer)
    {
        var (form, pin) = (new Filled(desk.Words, Values(officer)), Pins.New());
        var isSet = await desk.ExecuteAsync(form, new ResetPin(officer.Code, Pins.Hash(officer.Code, pin), desk.Me));
        return Show(desk, officer.Code, form, isSet ? pin : null);
    }

    private static OfficerEntry? Find(Desk desk, string code) => desk.File.Officers.FirstOrDefault(officer => officer.Code == code);

    private static IResult List(Desk desk) => new RazorComponentResult<OfficersPage>(new
    {
        desk.Names,
        desk.Reader,
        desk.Saved,
        Officers = desk.File.Officers.OrderBy(officer => officer.Left)
            .Select(officer => new OfficerLine(officer.Code, officer.Name, officer.Title, officer.Role, officer.Left, desk.Setup.Pins.ContainsKey(officer.Code))).ToList(),
    });

    private static IResult Show(Desk desk, string code, Filled form, string? pin = null) => new RazorComponentResult<OfficerPage>(new
    {
        desk.Names,
        desk.Reader,
        Form = form,
        Code = code == Fresh ? null : code,
        Pin = pin,
    });

    private static IEnumerable<(string, object?)> Values(OfficerEntry officer) =>
        [("code", officer.Code), ("name", officer.Name), ("title", officer.Title), ("role", officer.Role), ("left", officer.Left ? "on" : "")];

    private static Func<HallFile, HallFile> Read(Filled form, Desk desk, string code)
    {
        var isNew = code == Fresh;
        var old = Find(desk, code);
        var officer = new OfficerEntry
        {
            Code = isNew ? form.Text("code", LongestCode).ToLowerInvariant() : code,
            Name = form.Text("name", LongestName),
            Title = form.Optional("title", LongestName),
            Role = form["role"],
            Photo = old?.Photo,
            Left = !isNew && form.Is("left"),
        };
        if (!Roles.All.Contains(officer.Role))
        {
            form.Wrong("role", desk.Words["admin.wrong.choice"]);
        }

        if (isNew && !officer.Code.All(char.IsAsciiLetterOrDigit))
        {
            form.Wrong("code", desk.Words["admin.wrong.code"]);
        }
        else if (isNew && (Find(desk, officer.Code) is not null || officer.Code == Fresh))
        {
            form.Wrong("code", desk.Words["admin.wrong.code.twice"]);
        }

        if (code == desk.Me && (officer.Left || officer.Role != Roles.Administrator))
        {
            form.Wrong(officer.Left ? "left" : "role", desk.Words["admin.wrong.yourself"]);
        }

        if ((officer.Left || officer.Role != old?.Role) && desk.Board.Current.State.Counters.Values.FirstOrDefault(counter => counter.Officer == code) is { } busy)
        {
            form.Wrong(officer.Left ? "left" : "role", desk.Words["admin.wrong.on-duty", desk.Names.Counter(busy.Number)]);
        }

        return file => file with
        {
            Officers = isNew ? [.. file.Officers, officer] : [.. file.Officers.Select(one => one.Code == code ? officer : one)],
        };
    }
}

/// <summary>Somebody on the administrator's list.</summary>
/// <param name="HasPin">Whether they can sign in.</param>
public sealed record OfficerLine(string Code, string Name, string? Title, string Role, bool Left, bool HasPin);
