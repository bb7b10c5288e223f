using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Journal;

/// <summary>Wakes the writer when the business day is over, and when the technician changed the set-up; says when the clock is not believed.</summary>
internal sealed class TurnOfDay(JournalWriter journal, HallBoard board, SetupBook book, HallClock clock, ILogger<TurnOfDay> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private bool _doubted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var isNews = Watch() | book.Refresh() | !book.Current.Rules.Equals(board.Current.State.Setup);
                if (isNews || board.Current.SetupFault is not null || (!_doubted && book.Current.Rules.DayOf(clock.GetUtcNow()) > board.Current.State.Day))
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

    /// <summary>Whether the clock came into doubt since the last look, or out of it.</summary>
    private bool Watch()
    {
        var doubt = clock.Doubt;
        if (doubt is not null && !_doubted)
        {
            log.LogWarning(new EventId(1005),
                "The machine's clock jumped to {Machine:O}; the hall goes on by {Hall:O} and keeps its day until an administrator confirms the clock", doubt.Machine, doubt.Hall);
        }
        else if (doubt is null && _doubted)
        {
            log.LogInformation(new EventId(1006), "The machine's clock is believed again");
        }

        var isNews = _doubted != doubt is not null;
        _doubted = doubt is not null;
        return isNews;
    }

    /// <summary>Nothing of its own: the writer looks at the day and the set-up before every batch.</summary>
    private sealed record Nudge : JournalCommand
    {
        public override Decision Decide(WorkingHall working) => Decision.Nothing;

        public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status204NoContent, []);
    }
}
