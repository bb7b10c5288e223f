using Microsoft.Data.Sqlite;

using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>Rows of the journal by key, through a connection that can't write. A read is over before its rows are used.</summary>
internal sealed class JournalPages(Func<SqliteConnection> open)
{
    /// <summary>The journal's own id.</summary>
    public Guid Identity()
    {
        using var connection = open();
        return JournalIdentity.Read(connection);
    }

    public long Newest()
    {
        using var connection = open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM journal";
        return (long)command.ExecuteScalar()!;
    }

    public IReadOnlyList<JournalRow> After(long sequence, int most)
    {
        using var connection = open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT sequence, at, day, kind, body, chain FROM journal
            WHERE sequence > $sequence ORDER BY sequence LIMIT $most
            """;
        command.Parameters.AddWithValue("$sequence", sequence);
        command.Parameters.AddWithValue("$most", most);
        var rows = new List<JournalRow>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new JournalRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetInt32(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetFieldValue<byte[]>(5)));
        }

        return rows;
    }
}
