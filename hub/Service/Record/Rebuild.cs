using Dapper;
using Reception.Hub.Journal;

namespace Reception.Hub.Record;

/// <summary>Makes the read tables anew from the journal, in one transaction; what is not in the journal, as a ticket's link, stays.</summary>
internal static class Rebuild
{
    public static void Run(string folder)
    {
        using var rebuilt = new Rebuilt(new HubDatabase(folder), writes: true);
        rebuilt.Project(1);
        var (connection, transaction) = (rebuilt.Connection, rebuilt.Transaction);
        connection.Execute("CREATE TEMP TABLE kept AS SELECT id, link, report FROM live.ticket", null, transaction);
        foreach (var table in ReadTable.All)
        {
            connection.Execute(
                $"DELETE FROM live.{table.Name}; INSERT INTO live.{table.Name}({table.Columns}) SELECT {table.Columns} FROM main.{table.Name};", null, transaction);
        }

        connection.Execute(
            """
            UPDATE live.ticket SET (link, report) = (SELECT link, report FROM kept WHERE kept.id = ticket.id) WHERE id IN (SELECT id FROM kept);
            INSERT OR IGNORE INTO live.further_press(id, device, rating) SELECT id, device, rating FROM main.further_press;
            """,
            null,
            transaction);
        rebuilt.Commit();
    }
}
