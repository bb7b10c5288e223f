using System.Diagnostics;
using System.Globalization;
using System.Net;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Printing;

/// <summary>The kiosk's program with a printer at the end of a real line: what the citizen sees, and what the hub is told.</summary>
public sealed class KioskPaperTests
{
    [Theory]
    [InlineData("state?", "printed", "/paper.png")]
    [InlineData("paper out", "failed", "Máy hết giấy")]
    [InlineData("after 150 paper out", "unknown", "Phiếu có thể chưa in xong")]
    [InlineData("after 117 power off", "unknown", "Phiếu có thể chưa in xong")]
    [InlineData("after 117 cable out", "unknown", "Phiếu có thể chưa in xong")]
    public async Task The_citizen_sees_the_number_and_the_hub_hears_of_the_paper_in_time(string befalls, string outcome, string seen)
    {
        await using var place = await PrintingKiosk.StartAsync();
        var (hub, virtualPrinter, kiosk) = place;
        virtualPrinter.Tell(befalls);

        var touched = Stopwatch.GetTimestamp();
        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(async () => (await kiosk.PageAsync(screen)).Contains(">A001<", StringComparison.Ordinal), () => kiosk.Said);
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);

        await Eventually.TrueAsync(async () => WebUtility.HtmlDecode(await kiosk.PageAsync(screen)).Contains(seen, StringComparison.Ordinal), () => kiosk.Said);

        Assert.InRange(Stopwatch.GetElapsedTime(touched), TimeSpan.Zero, Slips.Bound);
        Assert.Equal(outcome, hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Equal(outcome == "printed" ? 1 : 0, virtualPrinter.Slips.Count);
    }

    [Fact]
    public async Task A_kiosk_killed_between_the_answer_and_the_paper_prints_no_number_twice()
    {
        await using var place = await PrintingKiosk.StartAsync();
        var (hub, virtualPrinter, kiosk) = place;
        // The printer has come to the first rows when the kiosk is killed.
        virtualPrinter.Do("speed 2");

        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(async () => (await kiosk.PageAsync(screen)).Contains(">A001<", StringComparison.Ordinal), () => kiosk.Said);
        await kiosk.KillAsync();
        await kiosk.StartAgainAsync();

        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        Assert.Equal("unknown", hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Contains(">A001<", await kiosk.PageAsync(screen), StringComparison.Ordinal);
        Assert.Empty(virtualPrinter.Slips);

        // What was on the line may come out now; it is not sent once more, and the next one is whole.
        virtualPrinter.Do("speed 0");
        await kiosk.TouchAsync("CT");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.Equal(["unknown", "printed"], Outcomes(hub));
        Assert.InRange(virtualPrinter.Slips.Count, 1, 2);
    }

    [Fact]
    public async Task A_roll_that_ends_with_a_slip_is_told_before_the_next_citizen_touches()
    {
        await using var place = await PrintingKiosk.StartAsync();
        var (hub, virtualPrinter, kiosk) = place;
        await ShowsAsync(kiosk, await kiosk.TouchAsync(), "/paper.png");

        virtualPrinter.Do("paper out");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus)[^1].Data.GetProperty("paper").GetString() == "out", () => kiosk.Said);
        await ShowsAsync(kiosk, "/", "hết giấy");

        await ShowsAsync(kiosk, await kiosk.TouchAsync("CT"), ">B002<", "Máy hết giấy");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 2, () => kiosk.Said);
        Assert.Equal(["printed", "failed"], Outcomes(hub));
        Assert.Single(virtualPrinter.Slips);
    }

    [Fact]
    public async Task A_full_disk_gives_no_number_away_and_loses_no_fact()
    {
        using var disk = await SmallDisk.MakeAsync("4m");
        await using var place = await PrintingKiosk.StartAsync(disk.Folder);
        var (hub, virtualPrinter, kiosk) = place;
        // The disk fills while the slip is on its way.
        virtualPrinter.Do("after 20 speed 2");
        var before = await kiosk.TouchAsync("CT");
        await Eventually.TrueAsync(async () => virtualPrinter.Tell("state?").Split(' ') is var state && int.Parse(state[Array.IndexOf(state, "hanging") + 1], CultureInfo.InvariantCulture) >= 20, () => kiosk.Said);
        disk.Fill();
        virtualPrinter.Do("speed 0");

        await ShowsAsync(kiosk, before, "/paper.png");
        await ShowsAsync(kiosk, await kiosk.TouchAsync("HT"), "Chưa lấy được số");
        Assert.Single(virtualPrinter.Slips);
        Assert.Empty(hub.Told(ReportTypes.TicketPrinted));

        disk.Empty();
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        Assert.Equal(["printed"], Outcomes(hub));
        await ShowsAsync(kiosk, await kiosk.TouchAsync("XH"), "/paper.png");
        Assert.Equal(2, virtualPrinter.Slips.Count);
        Assert.Equal(2, hub.Told(ReportTypes.TicketRequest).Count);
    }

    private static IEnumerable<string?> Outcomes(FakeHub hub) => hub.Told(ReportTypes.TicketPrinted).Select(fact => fact.Data.GetProperty("outcome").GetString());

    private static Task ShowsAsync(KioskProcess kiosk, string screen, params string[] texts) => Eventually.TrueAsync(
        async () =>
        {
            var page = WebUtility.HtmlDecode(await kiosk.PageAsync(screen));
            return texts.All(text => page.Contains(text, StringComparison.Ordinal));
        },
        () => kiosk.Said);
}
