using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Journal;

/// <summary>The id of this journal, a UUID: rows of the same sequence in two journals are two histories.</summary>
internal static class JournalIdentity
{
    /// <summary>The id; every database that was opened for writing once has one.</summary>
    public static Guid Read(SqliteConnection connection) =>
        new(connection.QuerySingle<byte[]>("SELECT id FROM journal_identity"), bigEndian: true);

    /// <summary>A restored database is another journal from here on.</summary>
    public static void Replace(HallTransaction transaction) =>
        transaction.Run("UPDATE journal_identity SET id = $p0", Guid.CreateVersion7(transaction.Now).ToByteArray(bigEndian: true));

    /// <summary>Gives a new database its id; one that has an id keeps it.</summary>
    public static void Make(SqliteConnection connection)
    {
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM journal_identity") == 0)
        {
            connection.Execute("INSERT INTO journal_identity(one, id) VALUES (1, @id)", new { id = Guid.CreateVersion7().ToByteArray(bigEndian: true) });
        }
    }
}
