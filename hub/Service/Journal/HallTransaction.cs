using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Site;

namespace Reception.Hub.Journal;

/// <summary>One batch of the writer: the working hall and its set-up, the open transaction of the database, and what follows its commit.</summary>
internal sealed class HallTransaction(
    SqliteConnection connection, SqliteTransaction transaction, JournalAppender journal, Projection projection, PreparedStatements statements, SiteRules rules,
    JournalKey key)
{
    private readonly List<HallEvent> _events = [];
    private readonly List<Action> _effects = [];

    /// <summary>The hall after the events so far.</summary>
    public required HallState Hall { get; set; }

    /// <summary>The whole set-up; null only while `hub setup` makes the first.</summary>
    public required HallSetup? Configured { get; set; }

    /// <summary>The hall's time for the present command: whole milliseconds, never before the newest event.</summary>
    public required DateTimeOffset Now { get; set; }

    /// <summary>Whether <see cref="Now"/> went back to the machine's time: it stays there for the rest of the batch, whose commit confirms the clock.</summary>
    public bool WentBack { get; private set; }

    public HallSetup Setup => Configured ?? throw SetupBook.NoHall();

    /// <summary>The newest journal sequence.</summary>
    public long Sequence => journal.Sequence;

    public SqliteConnection Connection => connection;

    public SqliteTransaction Transaction => transaction;

    /// <summary>What was appended so far, by all commands of the batch.</summary>
    public IReadOnlyList<HallEvent> Events => _events;

    /// <summary>What follows the commit.</summary>
    public IReadOnlyList<Action> Effects => _effects;

    /// <summary>Decides a command of the hall and appends its events; gives the refusal, or null.</summary>
    public Refusal? Execute(HallCommand command)
    {
        var decision = command.Decide(Hall, Now);
        foreach (var happened in decision.Events)
        {
            Append(happened);
        }

        return decision.Refusal;
    }

    /// <summary>Appends an event to the journal and brings the hall and the read tables up to date with it.</summary>
    public void Append(HallEvent happened)
    {
        Hall = Hall.Apply(happened);
        var sequence = journal.Append(transaction, happened, Hall);
        projection.Zone = Zones.Find(Hall.Setup.TimeZone);
        projection.Project(transaction, sequence, happened, Hall);
        _events.Add(happened);
    }

    /// <summary>Ends the day before with its seal, and opens a day.</summary>
    public void OpenDay(DateOnly day)
    {
        foreach (var happened in new OpenDay(day, Setup.Rules).Decide(Hall, Now).Events)
        {
            if (happened is DayOpened && Hall.Day > DateOnly.MinValue)
            {
                RollUp();
                Append(DayClosing.Of(this, journal.Chain, key));
            }

            Append(happened);
        }
    }

    /// <summary>Withdraws business days that a clock which was ahead had opened. The hall's time is the machine's from here on; no number of them is given again.</summary>
    public void Withdraw(FalseDays days, DateTimeOffset machine)
    {
        foreach (var ending in Reception.Hall.OpenDay.Endings(Hall, Now))
        {
            Append(ending);
        }

        var issued = days.Issued(connection, transaction);
        RollUp();
        Now = machine;
        WentBack = true;
        Append(new DaysWithdrawn(machine, days.Back, Setup.Rules));
        Append(new NumbersRaised(machine, issued));
        Run("DELETE FROM session WHERE day > $p0", DayNumber.Of(days.Back));
        Run("DELETE FROM phone_ticket WHERE day > $p0", DayNumber.Of(days.Back));
        Run("DELETE FROM second_session WHERE day > $p0", DayNumber.Of(days.Back));
    }

    /// <summary>Brings the roll-ups up to date with the events so far.</summary>
    public void RollUp() => projection.RollUp(transaction);

    /// <summary>Writes rows of the command's own; parameters are $p0, $p1 and so on.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values) => statements.Run(transaction, sql, values);

    /// <summary>Has something done once the batch is committed, on the writer's thread; it returns at once.</summary>
    public void AfterCommit(Action effect) => _effects.Add(effect);

    /// <summary>Reads the set-up again, which a command has written; it is in force from here on.</summary>
    public void ReloadSetup()
    {
        var before = Configured;
        Configured = SetupTables.Read(connection, transaction, rules);
        if (before is null)
        {
            Hall = HallState.Open(Hall.Day, Setup.Rules);
        }
    }
}
