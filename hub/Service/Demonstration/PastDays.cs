using Reception.Hall.Simulation;
using Reception.Hub.Journal;
using Reception.Hub.Province;
using Reception.Hub.Record;
using Reception.Hub.Site;
using Reception.Hub.Tools;

namespace Reception.Hub.Demonstration;

/// <summary>
/// Writes business days that are over into a new database, as a hub would have written them. The province receives none of them: a year of
/// one hall takes ten minutes at the forwarder's pace (measured: 455 events a second), in which no event of today would arrive.
/// </summary>
/// <param name="folder">The database's folder, which no hub has open.</param>
/// <param name="key">Seals the days.</param>
/// <param name="rules">The hall's rules besides its file.</param>
internal sealed class PastDays(string folder, JournalKey key, SiteRules rules)
{
    /// <summary>Sets the hall up on the first day, and executes one command a day, each in one commit.</summary>
    /// <param name="hall">The hall.</param>
    /// <param name="first">The first day.</param>
    /// <param name="end">The day after the last.</param>
    /// <param name="commandOf">What happens on a day; it moves the transaction's time.</param>
    /// <returns>How far the journal was written.</returns>
    public HighWaterMark Write(SetUpHall hall, DateOnly first, DateOnly end, Func<DateOnly, JournalCommand<Done>> commandOf)
    {
        var setup = hall.Hall.ToSetup(rules);
        var time = new StoppedTime(Plan.Midnight(setup, first));
        using var connection = new HubDatabase(folder).OpenWriter();
        using (var session = new WritingSession(connection, new HallClock(time), rules, key, turnsDays: false))
        {
            Commit(session, hall);
        }

        using (var session = new WritingSession(connection, new HallClock(time), rules, key))
        {
            for (var day = first; day < end; day = day.AddDays(1))
            {
                time.PassTo(Plan.Midnight(setup, day));
                Commit(session, commandOf(day));
            }
        }

        ProvinceStore.BeginAfterNewest(connection);
        return HighWaterMark.OfDatabase(connection, key);
    }

    private static void Commit<T>(WritingSession session, JournalCommand<T> command)
    {
        var submission = new Submission<T>(command);
        session.Commit([submission]);
        submission.Complete();
        if (submission.Done.Result.Refusal is { } refusal)
        {
            throw new StartException(refusal.English);
        }
    }

    /// <summary>A clock that stands until a day begins; the monotonic clock goes with it.</summary>
    private sealed class StoppedTime(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset _now = start;

        public void PassTo(DateTimeOffset instant) => _now = instant;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.UtcTicks;
    }
}
