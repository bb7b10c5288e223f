using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Printing;
using Reception.Protocol;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>Slips that the hub asks a desk's own printer for.</summary>
public sealed class DeskPrinterTests
{
    [Fact]
    public async Task A_reprint_comes_out_at_the_desk_once_and_what_became_of_it_is_told_also_after_a_kill()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        await using var printer = await VirtualPrinterProcess.StartAsync();
        await using var agent = AgentProcess.MakePrinting(place, printer);
        agent.Start();
        var secret = (await File.ReadAllTextAsync(Path.Combine(hall.Folder, "broker", "hub.secret"), TestContext.Current.CancellationToken)).Trim();
        await using var spy = await TestDevice.ConnectAsync(hall.Options("hub", secret, [Topics.Report(place.Desk)]));
        var officer = await place.SignInAsync();
        var leader = await hall.SignedInAsync(HallPlan.Leader);
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").ValueKind == JsonValueKind.Object, () => agent.Said);
        Assert.Equal("ok", (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString());

        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetGuid();
        await ReprintAsync();
        await Eventually.TrueAsync(() => printer.Slips.Count == 1, () => agent.Said);
        await TalesAsync("printed");

        await printer.DoAsync("paper out");
        await ReprintAsync();
        await TalesAsync("printed failed");
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString() == "out", () => agent.Said);
        await printer.DoAsync("paper ok");
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString() == "ok", () => agent.Said);

        // The slip is on the line when the agent dies: nobody can say what came out, and it is not printed again.
        await printer.DoAsync("stall 3s");
        await ReprintAsync();
        await Eventually.TrueAsync(() => agent.PrintsOnTheWay == 1, () => agent.Said);
        await agent.RestartAsync();
        await TalesAsync("printed failed unknown");
        Assert.Equal(0, agent.PrintsOnTheWay);
        await ReprintAsync();
        await TalesAsync("printed failed unknown printed");
        // The first, at most the one that was on the line, and this.
        Assert.InRange(printer.Slips.Count, 2, 3);
        hall.DemandNoErrors();

        async Task ReprintAsync() => (await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk })).Ok(202);

        async Task<JsonElement> DeskAsync() => (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(device => device.GetProperty("id").GetString() == place.Desk);

        async Task TalesAsync(string outcomes) => await Eventually.TrueAsync(() => Tales() == outcomes, () => $"{Tales()}; {agent.Said}", TimeSpan.FromSeconds(40));

        string Tales() => string.Join(' ', spy.Others.Select(message => ProtocolJson.Read<Report>(message.Payload.Span)!)
            .Where(report => report.Type == ReportTypes.TicketPrinted).DistinctBy(report => report.Id)
            .Select(report => report.Data.GetProperty("copy").GetBoolean() ? report.Data.GetProperty("outcome").GetString() : "no copy"));
    }
}
