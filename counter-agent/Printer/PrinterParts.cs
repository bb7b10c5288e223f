using Microsoft.Extensions.Logging;
using Reception.Device.Catalog;
using Reception.Device.Paper;
using Reception.Device.Printing;
using Reception.Device.Session;

namespace Reception.CounterAgent.Printer;

/// <summary>What a desk with a printer has besides: put together, started and stopped with its agent.</summary>
internal sealed class PrinterParts : IAsyncDisposable
{
    private readonly CatalogCache _catalog;
    private readonly PrinterLine _line;
    private readonly PrinterWatch _watch;
    private readonly PrintBook _book;
    private readonly DeskPrinter _desk;

    public PrinterParts(PrinterSettings printer, Uri hub, string data, DeviceSession session, TimeProvider time, ILoggerFactory logs)
    {
        _catalog = new CatalogCache(hub, data, time, logs.CreateLogger<CatalogCache>());
        _line = new PrinterLine(Printers.Open(printer.Address, printer.Profile, time), time);
        _watch = new PrinterWatch(_line, session.Outbox, time, logs.CreateLogger<PrinterWatch>());
        _book = new PrintBook(data);
        var paper = new SlipPaper(printer.Template, printer.Profile);
        var slips = new SlipPrinter(_line, _watch, paper, _catalog, time, logs.CreateLogger<SlipPrinter>());
        _desk = new DeskPrinter(slips, _book, session.Outbox, time, logs.CreateLogger<DeskPrinter>());
        session.Commanded += _desk.CarryOut;
        _catalog.Follow(session);
    }

    /// <summary>Prints until the program stops; ends earlier only with a fault that it cannot go on from.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _catalog.Start();
        await _watch.StartAsync(stop);
        await Task.WhenAny(_desk.RunAsync(stop), _watch.ExecuteTask!).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _line.Dispose();
        _book.Dispose();
        await _catalog.DisposeAsync();
    }
}
