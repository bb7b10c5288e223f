using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Printing;
using Reception.Hall.Tests.Rater;
using Reception.Protocol;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>Slips that the hub asks a desk's own printer for.</summary>
public sealed class CounterPrinterTests
{
    [Fact]
    public async Task A_reprint_comes_out_at_the_desk_once_also_after_a_kill()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        using var printer = new TestPrinter();
        await using var agent = AgentProcess.MakePrinting(place, printer);
        agent.Start();
        var officer = await place.SignInAsync();
        var leader = await hall.SignedInAsync(HallPlan.Leader);
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").ValueKind == JsonValueKind.Object, () => agent.Said);
        Assert.Equal("ok", (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString());

        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetGuid();
        await ReprintAsync();
        await Eventually.TrueAsync(() => printer.Slips.Count == 1, () => agent.Said);

        printer.Do("paper out");
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString() == "out", () => agent.Said);
        var refused = await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk });
        Assert.Equal("409 not-allowed-now", refused.Brief);
        Assert.Equal("Chưa in được ở desk-1. Máy in hết giấy. Thay cuộn giấy mới.", refused.Json.GetProperty("detail").GetString());
        Assert.Equal(
            "desk-1 can't print now. The printer is out of paper. Put a new roll in.", refused.Json.GetProperty("title").GetString());
        printer.Do("paper ok");
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString() == "ok", () => agent.Said);

        // The slip is on the line when the agent dies: nobody can say what came out, and it is not printed again.
        printer.Do("stall 3s");
        await ReprintAsync();
        await Eventually.TrueAsync(() => agent.PrintsOnTheWay == 1, () => agent.Said);
        await agent.RestartAsync();
        await Eventually.TrueAsync(() => agent.PrintsOnTheWay == 0, () => agent.Said);
        var before = printer.Slips.Count;
        await Eventually.TrueAsync(
            async () => (await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk })).Status == 202, () => agent.Said);
        await Eventually.TrueAsync(() => printer.Slips.Count > before, () => agent.Said);
        // The first, at most the one that was on the line, and this.
        Assert.InRange(printer.Slips.Count, 2, 3);
        hall.DemandNoErrors();

        async Task ReprintAsync() => (await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk })).Ok(202);

        async Task<JsonElement> DeskAsync() => (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(device => device.GetProperty("id").GetString() == place.Desk);
    }

    [Fact]
    public async Task A_copy_for_a_desk_without_a_printer_is_refused()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        await using var agent = AgentProcess.Make(place);
        var officer = await place.SignInAsync();
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetGuid();
        Assert.Equal("desk-1 đang mất kết nối, không in được. Hãy in ở máy khác.", await RefusedAsync());
        agent.Start();
        await Eventually.TrueAsync(async () => await RefusedAsync() == "desk-1 không có máy in. Hãy in ở máy khác.", () => agent.Said);

        hall.DemandNoErrors();

        async Task<string?> RefusedAsync()
        {
            var refused = await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk });
            Assert.Equal("409 not-allowed-now", refused.Brief);
            return refused.Json.GetProperty("detail").GetString();
        }
    }

    [Fact]
    public async Task What_became_of_each_copy_is_reported_also_after_a_kill()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Desk);
        using var printer = new TestPrinter();
        await using var agent = AgentProcess.MakePrinting(hub, printer);
        agent.Start();
        await PaperAsync("ok");

        Order();
        await TalesAsync("printed");
        printer.Do("paper out");
        await PaperAsync("out");
        Order();
        await TalesAsync("printed failed");
        printer.Do("paper ok");
        await PaperAsync("ok");

        // The slip is on the line when the agent dies: nobody can say what came out, and it is not printed again.
        printer.Do("stall 3s");
        Order();
        await Eventually.TrueAsync(() => agent.PrintsOnTheWay == 1, () => agent.Said);
        await agent.RestartAsync();
        await TalesAsync("printed failed unknown");
        Assert.Equal(0, agent.PrintsOnTheWay);
        Order();
        await TalesAsync("printed failed unknown printed");
        // The first, at most the one that was on the line, and this.
        Assert.InRange(printer.Slips.Count, 2, 3);

        void Order() => hub.Command(CommandTypes.TicketPrint, Copy(Guid.CreateVersion7()));

        async Task PaperAsync(string paper) => await Eventually.TrueAsync(
            () => hub.Reports.LastOrDefault(report => report.Type == ReportTypes.PrinterStatus)?.Data.GetProperty("paper").GetString() == paper, () => agent.Said);

        async Task TalesAsync(string outcomes) => await Eventually.TrueAsync(() => Tales() == outcomes, () => $"{Tales()}; {agent.Said}", TimeSpan.FromSeconds(40));

        string Tales() => string.Join(' ', hub.Reports.Where(report => report.Type == ReportTypes.TicketPrinted)
            .Select(report => report.Data.GetProperty("copy").GetBoolean() ? report.Data.GetProperty("outcome").GetString() : "no copy"));
    }

    [Fact]
    public async Task An_order_that_reaches_a_desk_without_a_printer_is_reported_as_failed()
    {
        await using var hub = await FakeHub.StartAsync(FakeHub.Desk);
        await using var agent = AgentProcess.Make(hub);
        agent.Start();
        await Eventually.TrueAsync(() => hub.Presences.Count > 0, () => agent.Said);
        var ticket = Guid.CreateVersion7();

        hub.Command(CommandTypes.TicketPrint, Copy(ticket));

        await Eventually.TrueAsync(() => hub.Reports.Any(report => report.Type == ReportTypes.TicketPrinted), () => agent.Said);
        var told = hub.Reports.First(report => report.Type == ReportTypes.TicketPrinted).Data;
        Assert.Equal(ticket, told.GetProperty("ticket").GetGuid());
        Assert.Equal(("failed", true), (told.GetProperty("outcome").GetString(), told.GetProperty("copy").GetBoolean()));
    }

    /// <summary>The ticket as a hub orders a copy of it.</summary>
    private static JsonObject Copy(Guid ticket)
    {
        var data = JsonSerializer.SerializeToNode(FakeHub.Ticket("A001", "HT", "normal", ticket), ProtocolJson.Options)!.AsObject();
        data["copy"] = true;
        return data;
    }
}
