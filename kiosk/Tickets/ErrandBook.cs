using System.Text;
using Reception.Device.Reporting;
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
    private readonly DeviceDatabase disk;

    public ErrandBook(string folder)
    {
        disk = new DeviceDatabase(
            Path.Combine(folder, "errands.db"),
            "CREATE TABLE IF NOT EXISTS errand(fact TEXT PRIMARY KEY, report TEXT, ticket TEXT, copy INTEGER NOT NULL, shown TEXT) STRICT");
        if (disk.Find("SELECT count(*) FROM pragma_table_info('errand') WHERE name = 'shown'", row => row.GetInt32(0)) == 0)
        {
            // A book of version 1.0.0.
            disk.Execute("ALTER TABLE errand ADD COLUMN shown TEXT");
        }
    }

    /// <summary>Before the request leaves. The fact that may end it, a withdrawal, has its own id from here on.</summary>
    public OpenErrand Ask(Errand errand, Guid fact) => Write(new OpenErrand(fact, errand.Id, null, false, errand));

    /// <summary>Before the number is shown and the paper's bytes leave.</summary>
    public OpenErrand Print(OpenErrand open, Errand errand) => Write(open with { Ticket = errand.Ticket!.Id, Shown = errand });

    /// <summary>Before a reprint's bytes leave.</summary>
    public OpenErrand PrintCopy(Guid ticket, Guid fact, Errand? errand = null) => Write(new OpenErrand(fact, null, ticket, true, errand));

    /// <summary>Once the outcome's fact is on disk, or where there is none to tell.</summary>
    public void Close(OpenErrand errand) => disk.Execute("DELETE FROM errand WHERE fact = $fact", ("$fact", errand.Fact.ToString()));

    /// <summary>What the last run left open.</summary>
    public IReadOnlyList<OpenErrand> Open() => disk.Select(
        "SELECT fact, report, ticket, copy, shown FROM errand ORDER BY fact",
        row => new OpenErrand(
            row.GetGuid(0),
            row.IsDBNull(1) ? null : row.GetGuid(1),
            row.IsDBNull(2) ? null : row.GetGuid(2),
            row.GetInt32(3) != 0,
            row.IsDBNull(4) ? null : ProtocolJson.Read<Errand>(Encoding.UTF8.GetBytes(row.GetString(4)))));

    public void Dispose() => disk.Dispose();

    private OpenErrand Write(OpenErrand errand)
    {
        disk.Execute(
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
}
