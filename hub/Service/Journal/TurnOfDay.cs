namespace Reception.Hub.Journal;

/// <summary>Wakes the writer when the business day is over, and logs when the machine's clock is no longer trusted.</summary>
internal sealed class TurnOfDay(JournalWriter journal, HallBoard board, HallClock clock, ILogger<TurnOfDay> log) : BackgroundService
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
                if (Watch() || (!_doubted && board.Current.State.Setup.DayOf(clock.GetUtcNow()) > board.Current.State.Day))
                {
                    await journal.ExecuteAsync(new TurnDay(), stoppingToken);
                }
            }
            catch (NotCommittedException)
            {
                // The writer has logged it; the next beat tries again.
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
            log.LogInformation(new EventId(1006), "The machine's clock is trusted again");
        }

        var isNews = _doubted != doubt is not null;
        _doubted = doubt is not null;
        return isNews;
    }

    /// <summary>Nothing of its own: the writer looks at the day before every batch.</summary>
    private sealed record TurnDay : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction) => default(Done);
    }
}
