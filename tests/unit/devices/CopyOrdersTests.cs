using System.Text.Json;
using Reception.Hub.Devices;
using Reception.Hub.Tickets;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Devices;

/// <summary>A copy of a slip is accepted only where it can be printed, and where it does not come out a fault says so.</summary>
public sealed class CopyOrdersTests
{
    private static readonly object Ready = new { paper = "ok", cover = "closed", online = true };

    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_device_that_cannot_print_refuses_a_copy_in_words()
    {
        await using var hub = await ListeningHub.StartAsync(_clock);
        var ticket = await TakeAsync(hub);
        Assert.Equal(
            ("desk-1 đang mất kết nối, không in được. Hãy in ở máy khác.", "desk-1 is away and can't print. Print at another device."),
            await RefusedAsync(hub, ticket));
        await hub.TellAsync("desk-1", ReportTypes.DeviceFault, new { code = "a", message = "b" });
        Assert.Equal(
            ("desk-1 không có máy in. Hãy in ở máy khác.", "desk-1 has no printer. Print at another device."),
            await RefusedAsync(hub, ticket));
        await hub.TellAsync("desk-1", ReportTypes.PrinterStatus, new { paper = "low", cover = "open", online = true });
        Assert.Equal(
            ("Chưa in được ở desk-1. Nắp máy in đang mở. Đóng nắp đến khi nghe tiếng khớp.",
                "desk-1 can't print now. The printer's cover is open. Close it until it clicks."),
            await RefusedAsync(hub, ticket));
        await hub.TellAsync("desk-1", ReportTypes.PrinterStatus, Ready);
        Assert.Equal("ok", await OrderAsync(hub, ticket, "desk-1"));
        Assert.Equal("unknown-ticket", await OrderAsync(hub, Guid.CreateVersion7(), "rater-1"));

        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("desk-1 đang mất kết nối, không in được. Hãy in ở máy khác.", (await RefusedAsync(hub, ticket)).Vietnamese);
    }

    [Fact]
    public async Task A_copy_that_is_not_reported_in_30_seconds_is_a_fault_of_its_device_for_an_hour()
    {
        await using var hub = await ListeningHub.StartAsync(_clock);
        Assert.Equal("ok", await OrderAsync(hub, await TakeAsync(hub), "kiosk-1"));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(Owes(hub));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Owes(hub));

        // The kiosk died with the copy: it is away, and what it owes is shown all the same.
        Assert.Equal([("kiosk-1", "copy")], hub.Lights.AilingPrinters());
        Assert.Equal(["copy"], hub.Lights.At(1).Where(light => light.Kind == "printer").Select(light => light.State));
        _clock.Advance(CopyOrders.Shown - CopyOrders.Patience - TimeSpan.FromSeconds(1));
        Assert.True(Owes(hub));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Owes(hub));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("unknown")]
    public async Task A_copy_that_failed_is_a_fault_at_once_until_a_slip_comes_out_there(string outcome)
    {
        await using var hub = await ListeningHub.StartAsync(_clock);
        var ticket = await TakeAsync(hub);
        Assert.Equal("ok", await OrderAsync(hub, ticket, "kiosk-1"));
        await PrintedAsync(hub, new { ticket, outcome, copy = true });
        Assert.True(Owes(hub));

        var next = await TakeAsync(hub);
        await PrintedAsync(hub, new { ticket = next, outcome = "failed" });
        Assert.True(Owes(hub));
        await PrintedAsync(hub, new { ticket = next, outcome = "printed" });
        Assert.False(Owes(hub));
    }

    [Fact]
    public async Task A_copy_that_comes_out_is_no_fault_and_closes_no_other_order()
    {
        await using var hub = await ListeningHub.StartAsync(_clock);
        var (first, second) = (await TakeAsync(hub), await TakeAsync(hub));
        Assert.Equal("ok", await OrderAsync(hub, first, "kiosk-1"));
        Assert.Equal("ok", await OrderAsync(hub, second, "kiosk-1"));
        // A copy that a citizen asked for at the kiosk itself is nobody's order.
        await PrintedAsync(hub, new { ticket = await TakeAsync(hub), outcome = "failed", copy = true });
        await PrintedAsync(hub, new { ticket = first, outcome = "printed", copy = true });
        Assert.False(Owes(hub));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(Owes(hub));
        await PrintedAsync(hub, new { ticket = second, outcome = "printed", copy = true });
        Assert.False(Owes(hub));
    }

    /// <summary>A number from the kiosk, which is heard by that.</summary>
    private static async Task<Guid> TakeAsync(ListeningHub hub)
    {
        hub.Report("kiosk-1", ListeningHub.Proper(ReportTypes.TicketRequest, new { service = "HT", lane = "normal" }));
        return JsonSerializer.Deserialize<JsonElement>((await hub.AnswerAsync()).Text).GetProperty("data").GetProperty("id").GetGuid();
    }

    /// <summary>The kiosk reports what became of a slip.</summary>
    private static async Task PrintedAsync(ListeningHub hub, object data) =>
        Assert.Equal("stored", await hub.TellAsync("kiosk-1", ReportTypes.TicketPrinted, data));

    private static async Task<string> OrderAsync(ListeningHub hub, Guid ticket, string device) =>
        (await hub.DoAsync(new Reprint(ticket, device, hub.Devices, hub.Post))).Refusal?.Code ?? "ok";

    private static async Task<(string? Vietnamese, string? English)> RefusedAsync(ListeningHub hub, Guid ticket)
    {
        var refusal = (await hub.DoAsync(new Reprint(ticket, "desk-1", hub.Devices, hub.Post))).Refusal;
        Assert.Equal("not-allowed-now", refusal?.Code);
        return (refusal?.Vietnamese, refusal?.English);
    }

    private static bool Owes(ListeningHub hub) => hub.FaultsOf("kiosk-1").Any(fault => fault.Code == "printer-copy");
}
