using Microsoft.Extensions.Logging;
using Reception.Device.Catalog;
using Reception.Device.Paper;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Protocol;

namespace Reception.CounterAgent.Printer;

/// <summary>The parts of a counter with a printer: put together, started and stopped with its agent.</summary>
internal sealed class PrinterParts : IAsyncDisposable
{
    private readonly CatalogCache _catalog;
    private readonly PrinterConnection _line;
    private readonly PrinterWatch _watch;
    private readonly CopyPrinter _copies;

    public PrinterParts(PrinterSettings printer, HttpClient hub, DeviceDatabase database, DeviceSession session, TimeProvider time, ILoggerFactory logs)
    {
        _catalog = new CatalogCache(hub, database, time, logs.CreateLogger<CatalogCache>());
        _line = new PrinterConnection(printer.Open(time), time);
        _watch = new PrinterWatch(_line, session.Outbox, time, logs.CreateLogger<PrinterWatch>());
        var slips = new SlipPrinter(_line, _watch, printer.Paper(), _catalog, session.Outbox, time, logs.CreateLogger<SlipPrinter>());
        var closing = new ClosingFacts(session.Outbox, database, time, logs.CreateLogger<ClosingFacts>());
        _copies = new CopyPrinter(slips, database, closing, time, logs.CreateLogger<CopyPrinter>());
        session.Commanded += CarryOut;
        _catalog.Follow(session);
    }

    /// <summary>Prints until the program stops; ends earlier only with a fault that it cannot go on from.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _catalog.Start();
        await _watch.StartAsync(stop);
        await _copies.StartAsync(stop);
        await Task.WhenAny(_copies.ExecuteTask!, _watch.ExecuteTask!).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _copies.StopAsync(CancellationToken.None);
        _copies.Dispose();
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _line.Dispose();
        await _catalog.DisposeAsync();
    }

    private void CarryOut(Command command)
    {
        if (command.Type == CommandTypes.TicketPrint)
        {
            _copies.CarryOut(command);
        }
    }
}
