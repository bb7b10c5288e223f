using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Journal;

/// <summary>Wakes the writer when the business day is over, and when the technician changed the set-up.</summary>
internal sealed class TurnOfDay(JournalWriter journal, HallBoard board, SetupBook book, TimeProvider clock, ILogger<TurnOfDay> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), book.Current.Zone).DateTime);
                if (book.Refresh() || today > board.Current.State.Day)
                {
                    await journal.SubmitAsync(new Nudge(), null, stoppingToken);
                }
            }
            catch (NotCommittedException)
            {
                // The writer has logged it; the next second tries again.
            }
            catch (Exception exception) when (exception is StartException or Microsoft.Data.Sqlite.SqliteException)
            {
                log.LogError(new EventId(1003), exception, "The set-up could not be read; the hub goes on with what it had");
            }
        }
    }

    /// <summary>Nothing of its own: the writer looks at the day and the set-up before every batch.</summary>
    private sealed record Nudge : JournalCommand
    {
        public override Decision Decide(WorkingHall working) => Decision.Nothing;

        public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status204NoContent, []);
    }
}
