using Microsoft.Data.Sqlite;

using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>Rows of the journal by key, through a connection that can't write. A read is over before its rows are used.</summary>
internal sealed class JournalPages(string file)
{
    private readonly string _connection =
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly }.ToString();

    public IReadOnlyList<JournalRow> After(long sequence, int most) => Read(sequence + 1, long.MaxValue, most);

    public IReadOnlyList<JournalRow> Range(long first, long last) => Read(first, last, int.MaxValue);

    public JournalMark? Mark(long sequence)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT chain FROM journal WHERE sequence = $sequence";
        command.Parameters.AddWithValue("$sequence", sequence);
        return command.ExecuteScalar() is byte[] chain ? new JournalMark(sequence, chain) : null;
    }

    public long Newest()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM journal";
        return (long)command.ExecuteScalar()!;
    }

    private List<JournalRow> Read(long first, long last, int most)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT sequence, at, day, kind, body, chain FROM journal
            WHERE sequence BETWEEN $first AND $last ORDER BY sequence LIMIT $most
            """;
        command.Parameters.AddWithValue("$first", first);
        command.Parameters.AddWithValue("$last", last);
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

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
