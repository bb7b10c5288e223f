using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Journal;

/// <summary>The writer's connection, the working hall, and one transaction after another.</summary>
internal sealed class WritingSession : IDisposable
{
    // Before the first set-up.
    private static readonly Reception.Hall.Setup NoRules = new() { Site = "", TimeZone = "UTC", Services = [], Counters = [] };

    private readonly SqliteConnection _connection;
    private readonly HallClock _clock;
    private readonly SiteRules _rules;
    private readonly JournalKey _key;
    private readonly bool _turnsDays;
    private readonly JournalAppender _journal;
    private readonly Projection _projection;
    private readonly PreparedStatements _statements;
    private readonly StoredResults _stored;
    private bool _isDoubtKept;

    /// <param name="connection">The one connection that writes.</param>
    /// <param name="clock">The hall's clock.</param>
    /// <param name="rules">What the hub's settings say of the hall's rules.</param>
    /// <param name="key">Seals the days that are over.</param>
    /// <param name="turnsDays">Whether business days begin here; a command-line tool without a running hub opens none.</param>
    public WritingSession(SqliteConnection connection, HallClock clock, SiteRules rules, JournalKey key, bool turnsDays = true)
    {
        (_connection, _clock, _rules, _key, _turnsDays) = (connection, clock, rules, key, turnsDays);
        _journal = new JournalAppender(connection);
        _statements = new PreparedStatements(connection);
        _projection = new Projection(_statements);
        _stored = new StoredResults(connection);
        if (_journal.Sequence > 0)
        {
            _isDoubtKept = connection.ExecuteScalar<long>("SELECT count(*) FROM clock_doubt") > 0;
            clock.StartAfter(_journal.Newest, _isDoubtKept);
        }

        Setup = SetupTables.Read(connection, null, rules);
        Published = new PublishedHall(Replay.NewestDay(connection) ?? HallState.Open(DateOnly.MinValue, Setup?.Rules ?? NoRules), _journal.Sequence, _journal.Chain);
    }

    /// <summary>The hall after the last commit.</summary>
    public PublishedHall Published { get; private set; }

    /// <summary>The set-up after the last commit; null where no hall is set up.</summary>
    public HallSetup? Setup { get; private set; }

    /// <summary>Executes a batch in one transaction; throws, with nothing written or published, where it can't be committed.</summary>
    public Committed Commit(IReadOnlyList<Submission> batch)
    {
        var mark = _journal.Mark;
        using var database = _connection.BeginTransaction(deferred: false);
        var transaction = new HallTransaction(_connection, database, _journal, _projection, _statements, _rules, _key)
        {
            Hall = Published.State,
            Configured = Setup,
            Now = Now(),
        };
        bool isDoubted;
        TimeSpan commitTime;
        try
        {
            if (_turnsDays)
            {
                TurnTheDay(transaction);
            }

            foreach (var submission in batch)
            {
                transaction.Now = transaction.WentBack ? transaction.Now : Now();
                submission.Execute(transaction, _stored);
            }

            transaction.RollUp();
            isDoubted = KeepDoubt(database);
            var began = _clock.GetTimestamp();
            database.Commit();
            commitTime = _clock.GetElapsedTime(began);
        }
        catch
        {
            _journal.Mark = mark;
            _projection.Forget();
            throw;
        }

        _isDoubtKept = isDoubted;
        var before = Published;
        Setup = transaction.Configured;
        Published = new PublishedHall(transaction.Hall, _journal.Sequence, _journal.Chain);
        return new Committed(before, Published, transaction.Events) { Effects = transaction.Effects, CommitTime = commitTime };
    }

    public void Dispose()
    {
        _journal.Dispose();
        _statements.Dispose();
        _stored.Dispose();
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

    /// <summary>Opens the business day that the clock says, while the clock is trusted, and takes over the rules that changed while no hub ran.</summary>
    private void TurnTheDay(HallTransaction transaction)
    {
        var rules = transaction.Setup.Rules;
        var today = rules.DayOf(transaction.Now);
        if (today > transaction.Hall.Day && _clock.Doubt is null)
        {
            transaction.OpenDay(today);
            ForwardedCatalog.Keep(transaction);
            Housekeeping.Forget(_connection, transaction.Transaction, transaction.Now, today);
        }
        else if (!ReferenceEquals(rules, transaction.Hall.Setup) && !rules.Equals(transaction.Hall.Setup) && !SetupFaults.Of(rules, transaction.Hall).Any())
        {
            // What would break a day that has begun waits until the next one.
            transaction.Append(new SetupChanged(transaction.Now, rules));
        }
    }

    /// <summary>The later of the clock and the newest event, in whole milliseconds: time never runs back.</summary>
    private DateTimeOffset Now()
    {
        var clock = DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
        return clock > _journal.Newest ? clock : _journal.Newest;
    }
}
