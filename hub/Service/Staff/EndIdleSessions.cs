using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>Ends sessions in which nothing was done for too long. They are refused from that moment on; here they are also forgotten.</summary>
internal sealed class EndIdleSessions(Sessions sessions, JournalWriter journal, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (token, person) in sessions.Idle())
            {
                await EndAsync(new EndIdle(person, token, sessions), stoppingToken);
            }
        }
    }

    private async Task EndAsync(EndIdle command, CancellationToken stoppingToken)
    {
        try
        {
            await journal.ExecuteAsync(command, stoppingToken);
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the session stays refused, and its end is written at the next beat.
        }
    }
}
