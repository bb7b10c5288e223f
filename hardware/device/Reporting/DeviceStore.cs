using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Reception.Device.Reporting;

/// <summary>
/// What a device keeps on its disk: facts until they are answered, the sequence of its reports, and the ids of the commands it
/// has carried out. Every write is on the disk when it returns.
/// </summary>
internal sealed class DeviceStore : IDisposable
{
    private const int CommandsKept = 1000;

    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();

    public DeviceStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("""
            CREATE TABLE IF NOT EXISTS fact (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, type TEXT NOT NULL, body BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS command (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;
            CREATE TABLE IF NOT EXISTS sequence (one INTEGER PRIMARY KEY CHECK (one = 1), next INTEGER NOT NULL) STRICT;
            INSERT OR IGNORE INTO sequence (one, next) VALUES (1, 1);
            """);
    }

    /// <summary>The next sequence, never given again.</summary>
    public long NextSequence()
    {
        lock (_one)
        {
            return TakeSequence();
        }
    }

    /// <summary>Keeps a fact whose body is made from its sequence; one that is kept already stays as it is.</summary>
    public void AddFact(Guid id, string type, Func<long, byte[]> body)
    {
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction();
            Execute("INSERT OR IGNORE INTO fact (id, type, body) VALUES ($id, $type, $body)", ("$id", Key(id)), ("$type", type), ("$body", body(TakeSequence())));
            transaction.Commit();
        }
    }

    public KeptFact? OldestFact()
    {
        lock (_one)
        {
            using var command = Command("SELECT id, type, body FROM fact ORDER BY place LIMIT 1");
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new KeptFact(new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true), reader.GetString(1), reader.GetFieldValue<byte[]>(2))
                : null;
        }
    }

    /// <summary>The type of the fact that this was, or null where none has that id.</summary>
    public string? RemoveFact(Guid id)
    {
        lock (_one)
        {
            using var command = Command("DELETE FROM fact WHERE id = $id RETURNING type", ("$id", Key(id)));
            return (string?)command.ExecuteScalar();
        }
    }

    public int CountFacts()
    {
        lock (_one)
        {
            using var command = Command("SELECT count(*) FROM fact");
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whether the command is new; from now on it is not.</summary>
    public bool AddCommand(Guid id)
    {
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction();
            var added = Execute("INSERT OR IGNORE INTO command (id) VALUES ($id)", ("$id", Key(id))) == 1;
            Execute("DELETE FROM command WHERE place <= (SELECT max(place) FROM command) - $kept", ("$kept", CommandsKept));
            transaction.Commit();
            return added;
        }
    }

    public void Dispose() => _connection.Dispose();

    private long TakeSequence()
    {
        using var command = Command("UPDATE sequence SET next = next + 1 RETURNING next - 1");
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    private int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
