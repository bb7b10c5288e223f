using System.Text.Json;
using Reception.Hall.Tests.Kiosk;
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
        await Eventually.TrueAsync(async () => (await DeskAsync()).GetProperty("printer").GetProperty("paper").GetString() == "out", () => agent.Said);
        var refused = await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk });
        Assert.Equal("409 not-allowed-now", refused.Brief);
        Assert.Equal("Chưa in được ở desk-1. Máy in hết giấy. Thay cuộn giấy mới.", refused.Json.GetProperty("detail").GetString());
        Assert.Equal(
            "desk-1 can't print now. The printer is out of paper. Put a new roll in.", refused.Json.GetProperty("title").GetString());
        spy.SendRaw(Topics.Command(place.Desk), Order(ticket));
        await TalesAsync("printed failed");
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

    [Fact]
    public async Task A_desk_without_a_printer_refuses_a_copy_and_reports_one_that_reaches_it_as_failed()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        await using var agent = AgentProcess.Make(place);
        agent.Start();
        var officer = await place.SignInAsync();
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetGuid();
        Assert.Equal("desk-1 đang mất kết nối, không in được. Hãy in ở máy khác.", await RefusedAsync());
        await Eventually.TrueAsync(async () => await RefusedAsync() == "desk-1 không có máy in. Hãy in ở máy khác.", () => agent.Said);

        var secret = await File.ReadAllTextAsync(Path.Combine(hall.Folder, "broker", "hub.secret"), TestContext.Current.CancellationToken);
        await using var spy = await TestDevice.ConnectAsync(hall.Options("hub", secret.Trim(), [Topics.Report(place.Desk)]));
        spy.SendRaw(Topics.Command(place.Desk), Order(ticket));
        await Eventually.TrueAsync(() => spy.Others.Count > 0 && Tale() == ReportTypes.TicketPrinted, () => agent.Said);
        var told = ProtocolJson.Read<Report>(spy.Others.Last().Payload.Span)!.Data;
        Assert.Equal(ticket, told.GetProperty("ticket").GetGuid());
        Assert.Equal(("failed", true), (told.GetProperty("outcome").GetString(), told.GetProperty("copy").GetBoolean()));
        hall.DemandNoErrors();

        async Task<string?> RefusedAsync()
        {
            var refused = await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = place.Desk });
            Assert.Equal("409 not-allowed-now", refused.Brief);
            return refused.Json.GetProperty("detail").GetString();
        }

        string Tale() => ProtocolJson.Read<Report>(spy.Others.Last().Payload.Span)!.Type;
    }

    /// <summary>The hub's order of a copy.</summary>
    private static byte[] Order(Guid ticket)
    {
        var document = FakeHub.Ticket("A001", HallPlan.Service(1), "normal", ticket);
        var data = JsonSerializer.SerializeToNode(document, ProtocolJson.Options)!.AsObject();
        data["copy"] = true;
        var (id, at) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        return ProtocolJson.Write(new { id, at, type = CommandTypes.TicketPrint, data });
    }
}
