using Reception.Device.Printing;
using Reception.Device.Reporting;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Screens;
using Reception.Protocol;

namespace Reception.Kiosk.Paper;

/// <summary>Asks the printer how it is every two seconds, and keeps a fact of every change.</summary>
internal sealed class PrinterWatch(PrinterLine printer, HubSide hub, ScreenSignal screens, TimeProvider clock, ILogger<PrinterWatch> log) : BackgroundService
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private PrinterStatus? status;
    private PrinterStatus? told;
    private bool failing;

    /// <summary>What keeps slips from coming out, or null.</summary>
    public PaperTrouble? Trouble => Volatile.Read(ref status) switch
    {
        null => null,
        { Paper: "out" } => PaperTrouble.NoPaper,
        var known => known.NotReady() is null ? null : PaperTrouble.Fault,
    };

    /// <summary>The same in words for the technician.</summary>
    public string? Reason => Volatile.Read(ref status)?.NotReady();

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
                log.LogInformation(KioskEvents.PrinterChanged, "The printer: {Status}", seen.NotReady() ?? (seen.Paper == "low" ? "low paper" : "ready"));
                screens.Raise();
            }

            Tell(seen);
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

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
            hub.Keep(ReportTypes.PrinterStatus, seen);
            (told, failing) = (seen, false);
        }
        catch (FactNotKeptException failure)
        {
            if (!failing)
            {
                failing = true;
                log.LogError(KioskEvents.StatusNotKept, failure, "The printer's status could not be kept.");
            }
        }
    }
}
