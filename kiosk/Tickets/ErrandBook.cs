using System.Text;
using Microsoft.Data.Sqlite;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>What an errand was about to do when the program was killed.</summary>
/// <param name="Fact">The id of the fact that ends the errand: the same after a restart, so that the hub counts it once.</param>
/// <param name="Report">The id of the request on the way; null for a reprint.</param>
/// <param name="Ticket">The ticket whose paper was on the way; null while the request had no answer.</param>
/// <param name="Copy">Whether it was a reprint.</param>
/// <param name="Shown">What its citizen was shown last; null where nobody stands at the screen.</param>
internal sealed record OpenErrand(Guid Fact, Guid? Report, Guid? Ticket, bool Copy, Errand? Shown);

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
            CREATE TABLE IF NOT EXISTS errand(fact TEXT PRIMARY KEY, report TEXT, ticket TEXT, copy INTEGER NOT NULL, shown TEXT) STRICT;
            """);
        if (!Has("shown"))
        {
            // A book of version 1.0.0.
            Execute("ALTER TABLE errand ADD COLUMN shown TEXT");
        }
    }

    /// <summary>Before the request leaves. The fact that may end it, a withdrawal, has its own id from here on.</summary>
    public OpenErrand Ask(Errand errand, Guid fact) => Write(new OpenErrand(fact, errand.Id, null, false, errand));

    /// <summary>Before the number is shown and the paper's bytes leave.</summary>
    public OpenErrand Print(OpenErrand open, Errand errand) => Write(open with { Ticket = errand.Ticket!.Id, Shown = errand });

    /// <summary>Before a reprint's bytes leave.</summary>
    public OpenErrand PrintCopy(Guid ticket, Guid fact, Errand? errand = null) => Write(new OpenErrand(fact, null, ticket, true, errand));

    /// <summary>Once the outcome's fact is on disk, or where there is none to tell.</summary>
    public void Close(OpenErrand errand) => Execute("DELETE FROM errand WHERE fact = $fact", ("$fact", errand.Fact.ToString()));

    /// <summary>What the last run left open.</summary>
    public IReadOnlyList<OpenErrand> Open()
    {
        lock (gate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT fact, report, ticket, copy, shown FROM errand ORDER BY fact";
            using var reader = command.ExecuteReader();
            var open = new List<OpenErrand>();
            while (reader.Read())
            {
                open.Add(new OpenErrand(
                    reader.GetGuid(0),
                    reader.IsDBNull(1) ? null : reader.GetGuid(1),
                    reader.IsDBNull(2) ? null : reader.GetGuid(2),
                    reader.GetInt32(3) != 0,
                    reader.IsDBNull(4) ? null : ProtocolJson.Read<Errand>(Encoding.UTF8.GetBytes(reader.GetString(4)))));
            }

            return open;
        }
    }

    public void Dispose() => connection.Dispose();

    private bool Has(string column)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('errand') WHERE name = $column";
        command.Parameters.AddWithValue("$column", column);
        return (long)command.ExecuteScalar()! > 0;
    }

    private OpenErrand Write(OpenErrand errand)
    {
        Execute(
            """
            INSERT INTO errand(fact, report, ticket, copy, shown) VALUES ($fact, $report, $ticket, $copy, $shown)
            ON CONFLICT(fact) DO UPDATE SET ticket = excluded.ticket, shown = excluded.shown
            """,
            ("$fact", errand.Fact.ToString()),
            ("$report", (object?)errand.Report?.ToString() ?? DBNull.Value),
            ("$ticket", (object?)errand.Ticket?.ToString() ?? DBNull.Value),
            ("$copy", errand.Copy ? 1 : 0),
            ("$shown", errand.Shown is { } shown ? Encoding.UTF8.GetString(ProtocolJson.Write(shown)) : DBNull.Value));
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
