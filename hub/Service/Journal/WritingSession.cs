using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>The writer's connection, the working hall, and one transaction after another.</summary>
internal sealed class WritingSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Renderer _renderer;
    private readonly HallClock _clock;
    private readonly Func<Setup> _setup;
    private readonly JournalAppender _journal;
    private readonly Projection _projection;
    private readonly Answers _answers;
    private readonly PreparedStatements _statements;
    private readonly List<HallEvent> _events = [];
    private HallState _hall;
    private SetupFault? _setupFault;
    private (long, DateTimeOffset, byte[]) _mark;
    private bool _isDoubtKept;
    private SqliteTransaction? _transaction;

    public WritingSession(SqliteConnection connection, Renderer renderer, HallClock clock, Func<Setup> setup)
    {
        (_connection, _renderer, _clock, _setup) = (connection, renderer, clock, setup);
        _journal = new JournalAppender(connection);
        _statements = new PreparedStatements(connection);
        _projection = new Projection(connection, _statements);
        _answers = new Answers(connection);
        if (_journal.Sequence > 0)
        {
            _isDoubtKept = connection.ExecuteScalar<long>("SELECT count(*) FROM clock_doubt") > 0;
            clock.StartAfter(_journal.Newest, _isDoubtKept);
        }

        _hall = Replay.NewestDay(connection) ?? HallState.Open(DateOnly.MinValue, setup());
        Published = new PublishedHall(_hall, _journal.Sequence);
    }

    /// <summary>The hall after the last commit.</summary>
    public PublishedHall Published { get; private set; }

    /// <summary>Carries out a batch in one transaction; throws, with nothing written, where it can't be.</summary>
    public void Commit(List<Submission> batch)
    {
        _mark = _journal.Mark;
        _events.Clear();
        _transaction = _connection.BeginTransaction(deferred: false);
        TurnTheDay();
        foreach (var submission in batch)
        {
            submission.Told = Decide(submission);
        }

        var isDoubted = KeepDoubt(_transaction);
        _transaction.Commit();
        _isDoubtKept = isDoubted;
        _transaction.Dispose();
        _transaction = null;
    }

    /// <summary>Takes back what the failed batch did.</summary>
    public void RollBack()
    {
        _transaction?.Dispose();
        _transaction = null;
        _journal.Mark = _mark;
        _hall = Published.State;
        _events.Clear();
    }

    /// <summary>Makes the committed hall the published one.</summary>
    public Committed Publish()
    {
        var before = Published;
        Published = new PublishedHall(_hall, _journal.Sequence) { SetupFault = _setupFault };
        if (_events.Any(happened => happened is ClockConfirmed))
        {
            _clock.Confirm(_journal.Newest);
        }

        return new Committed(before, Published, [.. _events]);
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _journal.Dispose();
        _statements.Dispose();
        _answers.Dispose();
    }

    private Told Decide(Submission submission)
    {
        if (submission.Repeat is { } asked && _answers.Find(_transaction!, asked) is { } earlier)
        {
            return earlier;
        }

        var working = new WorkingHall(_connection, _transaction!, _statements, _renderer) { Hall = _hall, Now = Now(), Sequence = _journal.Sequence };
        var decision = submission.Command.Decide(working);
        foreach (var happened in decision.Events)
        {
            Happen(happened);
        }

        (working.Hall, working.Sequence) = (_hall, _journal.Sequence);
        var told = decision.Refusal is { } refusal ? Problem.Tell(refusal) : submission.Command.Tell(decision.Reply, working);
        if (submission.Repeat is { } repeat && MayBeKept(repeat, told))
        {
            _answers.Keep(_transaction!, repeat, told, working.Now);
        }

        return told;
    }

    /// <summary>An Idempotency-Key keeps no 401, 403 or 429; a report's answer is kept whatever it is.</summary>
    private static bool MayBeKept(RepeatKey repeat, Told told) =>
        repeat.Request is null
        || told.Status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
            or StatusCodes.Status422UnprocessableEntity);

    private void Happen(HallEvent happened)
    {
        _hall = _hall.Apply(happened);
        var sequence = _journal.Append(_transaction!, happened, _hall);
        _projection.Project(_transaction!, sequence, happened, _hall);
        _events.Add(happened);
    }

    /// <summary>That the machine's clock is in doubt outlives the hub: a restart does not confirm it.</summary>
    private bool KeepDoubt(SqliteTransaction transaction)
    {
        var isDoubted = _clock.Doubt is not null;
        if (isDoubted != _isDoubtKept)
        {
            _connection.Execute(isDoubted ? "INSERT OR IGNORE INTO clock_doubt(one) VALUES (1)" : "DELETE FROM clock_doubt", null, transaction);
        }

        return isDoubted;
    }

    /// <summary>Opens the business day that the clock says, while it is believed, and takes over a changed set-up.</summary>
    private void TurnTheDay()
    {
        var setup = _setup();
        _projection.Zone = Zones.Find(setup.TimeZone);
        var now = Now();
        _setupFault = null;
        var today = setup.DayOf(now);
        if (today > _hall.Day && _clock.Doubt is null)
        {
            foreach (var happened in new OpenDay(today, setup).Decide(_hall, now).Events)
            {
                Happen(happened);
            }

            Housekeeping.Forget(_connection, _transaction!, now, today);
        }
        else if (!ReferenceEquals(setup, _hall.Setup) && !setup.Equals(_hall.Setup))
        {
            // What the day has begun goes on under the rules it has: a set-up that would break it waits until it does not.
            _setupFault = SetupFaults.Of(setup, _hall).FirstOrDefault();
            if (_setupFault is null)
            {
                Happen(new SetupChanged(now, setup));
            }
        }
    }

    /// <summary>The later of the clock and the newest event, in whole milliseconds: time never runs back.</summary>
    private DateTimeOffset Now()
    {
        var clock = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        return clock > _journal.Newest ? clock : _journal.Newest;
    }
}
