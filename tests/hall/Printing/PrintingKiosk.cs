using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Printing;

/// <summary>A kiosk that knows how the virtual printer at the end of its line is, between a broker and a hub that a test plays.</summary>
internal sealed record PrintingKiosk(MosquittoBroker Broker, FakeHub Hub, VirtualPrinterProcess Printer, KioskProcess Kiosk) : IAsyncDisposable
{
    /// <param name="data">The kiosk's data folder, where the test has one of its own.</param>
    public static async Task<PrintingKiosk> StartAsync(string? data = null)
    {
        var broker = await MosquittoBroker.StartAsync(FakeHub.Kiosk);
        var hub = await FakeHub.StartAsync(broker);
        var printer = await VirtualPrinterProcess.StartAsync();
        var kiosk = await KioskProcess.StartAsync(broker, hub, data: data, address: printer.Address, profile: "epson-tm-t82");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        return new PrintingKiosk(broker, hub, printer, kiosk);
    }

    public void Deconstruct(out FakeHub hub, out VirtualPrinterProcess printer, out KioskProcess kiosk) => (hub, printer, kiosk) = (Hub, Printer, Kiosk);

    public async ValueTask DisposeAsync()
    {
        await Kiosk.DisposeAsync();
        await Printer.DisposeAsync();
        await Hub.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
