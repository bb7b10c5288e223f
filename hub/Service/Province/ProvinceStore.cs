using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Province;

/// <summary>A batch as it is remembered: which rows, under which key, and what their bytes were.</summary>
internal sealed record KeptBatch(long First, long Last, string Key, byte[] Digest);

/// <summary>Where the forwarder is, in a database of its own. Everything that it returns from is on the disk.</summary>
internal sealed class ProvinceStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS line(
            id INTEGER PRIMARY KEY CHECK (id = 1), cursor INTEGER NOT NULL, last_success INTEGER, alarm TEXT, alarm_since INTEGER) STRICT;
        INSERT OR IGNORE INTO line(id, cursor) VALUES (1, 0);
        -- The first row is in flight; more than one only while a refused batch is halved or a parked event is sent again.
        CREATE TABLE IF NOT EXISTS batch(
            first INTEGER PRIMARY KEY, last INTEGER NOT NULL CHECK (last >= first), key TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS parked(
            sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL) STRICT;
        -- Rows that were passed, each batch's last, with their chain hashes: the newest thousand.
        CREATE TABLE IF NOT EXISTS mark(sequence INTEGER PRIMARY KEY, chain BLOB NOT NULL) STRICT;
        """;

    private readonly Lock _one = new();
    private readonly SqliteConnection _connection;

    public ProvinceStore(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        Execute(Schema);
    }

    public long Cursor
    {
        get
        {
            lock (_one)
            {
                return (long)Scalar("SELECT cursor FROM line")!;
            }
        }
    }

    public (DateTimeOffset? LastSuccess, string? Alarm, DateTimeOffset? AlarmSince, int Parked) Line()
    {
        lock (_one)
        {
            using var command = Command("SELECT last_success, alarm, alarm_since, (SELECT count(*) FROM parked) FROM line");
            using var reader = command.ExecuteReader();
            reader.Read();
            return (Instant(reader, 0), reader.IsDBNull(1) ? null : reader.GetString(1), Instant(reader, 2), reader.GetInt32(3));
        }
    }

    /// <summary>What was in flight and can't be made any more.</summary>
    public void Drop(long first) => Write(() => Execute("DELETE FROM batch WHERE first = $first", ("$first", first)));

    public KeptBatch? InFlight()
    {
        lock (_one)
        {
            using var command = Command("SELECT first, last, key, digest FROM batch ORDER BY first LIMIT 1");
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new KeptBatch(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3))
                : null;
        }
    }

    public void Keep(Batch batch) => Write(() => Insert(batch));

    /// <summary>The newest rows known to have been passed, newest first.</summary>
    public IReadOnlyList<JournalMark> Marks(int most)
    {
        lock (_one)
        {
            using var command = Command("SELECT sequence, chain FROM mark ORDER BY sequence DESC LIMIT $most", ("$most", most));
            using var reader = command.ExecuteReader();
            var marks = new List<JournalMark>();
            while (reader.Read())
            {
                marks.Add(new JournalMark(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            }

            return marks;
        }
    }

    /// <summary>Forgets all that came after a row.</summary>
    public void Rewind(long sequence) => Write(() =>
    {
        Execute("DELETE FROM batch");
        Execute("DELETE FROM mark WHERE sequence > $sequence", ("$sequence", sequence));
        Execute("DELETE FROM parked WHERE sequence > $sequence", ("$sequence", sequence));
        Execute("UPDATE line SET cursor = $sequence", ("$sequence", sequence));
    });

    public void Split(Batch whole, Batch front, Batch back) => Write(() =>
    {
        Execute("DELETE FROM batch WHERE first = $first", ("$first", whole.First));
        Insert(front);
        Insert(back);
    });

    public void Acknowledge(long first, JournalMark last, DateTimeOffset now) => Write(() =>
    {
        Pass(first, last);
        Execute("DELETE FROM parked WHERE sequence BETWEEN $first AND $last", ("$first", first), ("$last", last.Sequence));
        Execute("UPDATE line SET last_success = $now, alarm = NULL, alarm_since = NULL", ("$now", now.ToUnixTimeMilliseconds()));
    });

    public void Park(long first, JournalMark last, ParkedEvent parked) => Write(() =>
    {
        Pass(first, last);
        Execute(
            "INSERT OR REPLACE INTO parked(sequence, kind, at, status, answer) VALUES ($sequence, $kind, $at, $status, $answer)",
            ("$sequence", parked.Sequence),
            ("$kind", parked.Kind),
            ("$at", parked.ParkedAt.ToUnixTimeMilliseconds()),
            ("$status", parked.Status),
            ("$answer", parked.Answer));
    });

    /// <summary>Rows that are not for the province.</summary>
    public void Skip(long first, JournalMark last) => Write(() => Pass(first, last));

    /// <summary>The first alarm stands until a success: its time says since when.</summary>
    public void Raise(string alarm, DateTimeOffset now) => Write(() => Execute(
        "UPDATE line SET alarm = $alarm, alarm_since = coalesce(alarm_since, $now)",
        ("$alarm", alarm),
        ("$now", now.ToUnixTimeMilliseconds())));

    public IReadOnlyList<ParkedEvent> Parked(int most)
    {
        lock (_one)
        {
            using var command = Command(
                "SELECT sequence, kind, at, status, answer, sequence IN (SELECT first FROM batch) FROM parked ORDER BY sequence LIMIT $most",
                ("$most", most));
            using var reader = command.ExecuteReader();
            var parked = new List<ParkedEvent>();
            while (reader.Read())
            {
                parked.Add(new ParkedEvent(
                    reader.GetInt64(0),
                    reader.GetString(1),
                    Instant(reader, 2)!.Value,
                    reader.GetInt32(3),
                    reader.GetString(4),
                    reader.GetBoolean(5)));
            }

            return parked;
        }
    }

    /// <summary>Puts a parked event before everything else, unless it is there already. False where no such event is parked.</summary>
    public bool Resend(long sequence, string key)
    {
        lock (_one)
        {
            if (Scalar("SELECT 1 FROM parked WHERE sequence = $sequence", ("$sequence", sequence)) is null)
            {
                return false;
            }

            // An empty digest fits no bytes: they are made when it is its turn.
            Execute(
                "INSERT OR IGNORE INTO batch(first, last, key, digest) VALUES ($sequence, $sequence, $key, zeroblob(0))",
                ("$sequence", sequence),
                ("$key", key));
            return true;
        }
    }

    public void Dispose() => _connection.Dispose();

    private static DateTimeOffset? Instant(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    private void Insert(Batch batch) => Execute(
        "INSERT OR REPLACE INTO batch(first, last, key, digest) VALUES ($first, $last, $key, $digest)",
        ("$first", batch.First), ("$last", batch.Last.Sequence), ("$key", batch.Key), ("$digest", batch.Digest));

    private void Pass(long first, JournalMark last)
    {
        Execute("DELETE FROM batch WHERE first = $first", ("$first", first));
        Execute("UPDATE line SET cursor = max(cursor, $last)", ("$last", last.Sequence));
        Execute("INSERT OR REPLACE INTO mark(sequence, chain) VALUES ($sequence, $chain)", ("$sequence", last.Sequence), ("$chain", last.Chain));
        Execute("DELETE FROM mark WHERE sequence <= (SELECT sequence FROM mark ORDER BY sequence DESC LIMIT 1 OFFSET 1000)");
    }

    private void Write(Action changes)
    {
        lock (_one)
        {
            using var transaction = _connection.BeginTransaction();
            changes();
            transaction.Commit();
        }
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

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar();
    }
}
