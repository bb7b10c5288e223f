using System.Diagnostics;
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
    public async Task The_citizen_sees_the_number_and_the_hub_hears_of_the_paper_within_five_seconds(string befalls, string outcome, string seen)
    {
        await using var broker = await MosquittoBroker.StartAsync(FakeHub.Kiosk);
        await using var hub = await FakeHub.StartAsync(broker);
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        await using var kiosk = await KioskProcess.StartAsync(broker, hub, address: virtualPrinter.Address, profile: "epson-tm-t82");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        await virtualPrinter.TellAsync(befalls);

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
        await using var broker = await MosquittoBroker.StartAsync(FakeHub.Kiosk);
        await using var hub = await FakeHub.StartAsync(broker);
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        await using var kiosk = await KioskProcess.StartAsync(broker, hub, address: virtualPrinter.Address, profile: "epson-tm-t82");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        // The printer takes the first rows, and then nothing more until after the kill.
        await virtualPrinter.TellAsync("after 20 stall 30s");

        var screen = await kiosk.TouchAsync();
        await Eventually.TrueAsync(async () => (await kiosk.PageAsync(screen)).Contains(">A001<", StringComparison.Ordinal), () => kiosk.Said);
        await kiosk.KillAsync();
        await kiosk.StartAgainAsync();

        await Eventually.TrueAsync(() => hub.Told(ReportTypes.TicketPrinted).Count == 1, () => kiosk.Said);
        Assert.Equal("unknown", hub.Told(ReportTypes.TicketPrinted).Single().Data.GetProperty("outcome").GetString());
        Assert.Contains(">A001<", await kiosk.PageAsync(screen), StringComparison.Ordinal);
        Assert.Empty(virtualPrinter.Slips);
    }
}
