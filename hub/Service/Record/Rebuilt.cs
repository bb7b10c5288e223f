using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Record;

/// <summary>
/// The read tables as the journal alone gives them, in a database of its own that is thrown away. The hall's own database is attached to it as
/// <c>live</c> and read in one transaction, so that a running hub changes nothing meanwhile.
/// </summary>
internal sealed class Rebuilt : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-rebuild-").FullName;
    private readonly SqliteTransaction _transaction;

    /// <param name="database">The hall's database.</param>
    /// <param name="writes">Whether its tables may be written.</param>
    public Rebuilt(HubDatabase database, bool writes = false)
    {
        Connection = new HubDatabase(_folder).OpenWriter();
        Connection.Execute($"PRAGMA synchronous = OFF; ATTACH '{database.Uri(writes).Replace("'", "''", StringComparison.Ordinal)}' AS live");
        _transaction = Connection.BeginTransaction(deferred: true);
    }

    public SqliteConnection Connection { get; }

    public SqliteTransaction Transaction => _transaction;

    /// <summary>Projects the journal's events from a row on; that row opens a day, or is the first.</summary>
    public void Project(long from)
    {
        using var statements = new PreparedStatements(Connection);
        var projection = new Projection(statements);
        HallState? hall = null;
        foreach (var (sequence, kind, at, body) in Connection.Query<(long, string, long, string)>(
            "SELECT sequence, kind, at, body FROM live.journal WHERE sequence >= @from ORDER BY sequence", new { from }, _transaction, buffered: false))
        {
            var happened = EventBodies.Read(kind, DateTimeOffset.FromUnixTimeMilliseconds(at), body);
            var begun = HallState.BegunBy(happened);
            if (begun is not null)
            {
                projection.RollUp(_transaction);
            }

            // Before the first day there are entries of the audit log alone, which are in no read table.
            hall = begun ?? hall?.Apply(happened);

            if (hall is not null)
            {
                projection.Zone = Zones.Find(hall.Setup.TimeZone);
                projection.Project(_transaction, sequence, happened, hall);
            }
        }

        projection.RollUp(_transaction);
    }

    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        _transaction.Dispose();
        Connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
