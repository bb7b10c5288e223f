using Microsoft.Data.Sqlite;

namespace Reception.Kiosk.Tickets;

/// <summary>What an errand was about to do when the program was killed.</summary>
/// <param name="Fact">The id of the fact that ends the errand: the same after a restart, so that the hub counts it once.</param>
/// <param name="Report">The id of the request on the way; null for a reprint.</param>
/// <param name="Ticket">The ticket whose paper was on the way; null while the request had no answer.</param>
/// <param name="Copy">Whether it was a reprint.</param>
internal sealed record OpenErrand(Guid Fact, Guid? Report, Guid? Ticket, bool Copy);

/// <summary>
/// Keeps on disk, before anything leaves, what a kill in the next moment would otherwise leave unsaid: that a number was asked
/// for, and that its paper was on the way. A row lives for the seconds between the touch and the outcome's fact.
/// </summary>
internal sealed class ErrandBook : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public ErrandBook(string folder)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "errands.db"), Pooling = false }.ToString());
        connection.Open();
        Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS errand(fact TEXT PRIMARY KEY, report TEXT, ticket TEXT, copy INTEGER NOT NULL) STRICT;
            """);
    }

    /// <summary>Before the request leaves. The fact that may end it, a withdrawal, has its own id from here on.</summary>
    public OpenErrand Ask(Guid report, Guid fact) => Write(new OpenErrand(fact, report, null, false));

    /// <summary>Before the paper's bytes leave.</summary>
    public OpenErrand Print(OpenErrand errand, Guid ticket) => Write(errand with { Ticket = ticket });

    /// <summary>Before a reprint's bytes leave.</summary>
    public OpenErrand PrintCopy(Guid ticket, Guid fact) => Write(new OpenErrand(fact, null, ticket, true));

    /// <summary>Once the outcome's fact is on disk, or where there is none to tell.</summary>
    public void Close(OpenErrand errand) => Execute("DELETE FROM errand WHERE fact = $fact", ("$fact", errand.Fact.ToString()));

    /// <summary>What the last run left open.</summary>
    public IReadOnlyList<OpenErrand> Open()
    {
        lock (gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT fact, report, ticket, copy FROM errand ORDER BY fact";
            using var reader = command.ExecuteReader();
            var open = new List<OpenErrand>();
            while (reader.Read())
            {
                open.Add(new OpenErrand(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.GetInt32(3) != 0));
            }

            return open;
        }
    }

    public void Dispose() => connection.Dispose();

    private OpenErrand Write(OpenErrand errand)
    {
        Execute(
            "INSERT INTO errand(fact, report, ticket, copy) VALUES ($fact, $report, $ticket, $copy) ON CONFLICT(fact) DO UPDATE SET ticket = excluded.ticket",
            ("$fact", errand.Fact.ToString()),
            ("$report", (object?)errand.Report?.ToString() ?? DBNull.Value),
            ("$ticket", (object?)errand.Ticket?.ToString() ?? DBNull.Value),
            ("$copy", errand.Copy ? 1 : 0));
        return errand;
    }

    private void Execute(string sql, params (string Name, object Value)[] parameters)
    {
        lock (gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            command.ExecuteNonQuery();
        }
    }
}
