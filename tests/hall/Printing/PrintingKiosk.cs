using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Printing;

/// <summary>A kiosk that knows how the virtual printer at the end of its line is, and a hub that a test plays.</summary>
internal sealed record PrintingKiosk(FakeHub Hub, TestPrinter Printer, KioskProcess Kiosk) : IAsyncDisposable
{
    /// <param name="data">The kiosk's data folder, where the test has one of its own.</param>
    public static async Task<PrintingKiosk> StartAsync(string? data = null)
    {
        var hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        var printer = new TestPrinter();
        var kiosk = await KioskProcess.StartAsync(hub, data: data, address: printer.Address, profile: "epson-tm-t82");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        return new PrintingKiosk(hub, printer, kiosk);
    }

    public async ValueTask DisposeAsync()
    {
        await Kiosk.DisposeAsync();
        Printer.Dispose();
        await Hub.DisposeAsync();
    }
}
