using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.Device.Printing;
using Reception.Device.Reporting;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Device.Paper;

/// <summary>Asks the printer how it is every two seconds, and keeps a fact of every change.</summary>
public sealed class PrinterWatch(PrinterConnection printer, FactOutbox outbox, TimeProvider clock, ILogger<PrinterWatch> log) : BackgroundService
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private PrinterStatus? status;
    private PrinterStatus? told;
    private bool failing;

    /// <summary>Raised after <see cref="Status"/> changed; handlers return at once.</summary>
    public event Action? Changed;

    /// <summary>How the printer was at the last look; null before the first.</summary>
    public PrinterStatus? Status => Volatile.Read(ref status);

    /// <summary>What keeps slips from coming out, in words for the technician, or null.</summary>
    public string? Trouble => Status?.NotReady() is { } reason ? $"{reason} {printer.Problem}".TrimEnd() : null;

    /// <summary>Looks now, and reports what has changed since the last look. While a slip is on its way the last look counts.</summary>
    public async Task LookAsync(CancellationToken stopping)
    {
        await turn.WaitAsync(stopping);
        try
        {
            if (await printer.AskAsync(stopping) is not { } seen)
            {
                return;
            }

            if (seen != status)
            {
                Volatile.Write(ref status, seen);
                log.LogInformation(DeviceEvents.PrinterChanged, "The printer: {Status}", Trouble ?? (seen.Paper == "low" ? "low paper" : "ready"));
                Changed?.Invoke();
            }

            Tell(seen);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), clock);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // A full disk keeps no fact: the next look tries again, and the screen knows all the same.
    private void Tell(PrinterStatus seen)
    {
        if (seen == told)
        {
            return;
        }

        try
        {
            outbox.Keep(ReportTypes.PrinterStatus, seen);
            (told, failing) = (seen, false);
        }
        catch (FactNotKeptException failure)
        {
            if (!failing)
            {
                failing = true;
                log.LogError(DeviceEvents.PrinterNotTold, failure, "The printer's status could not be kept.");
            }
        }
    }
}
