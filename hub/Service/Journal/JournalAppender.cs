using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>Appends events to the journal and keeps its chain.</summary>
internal sealed class JournalAppender : IDisposable
{
    private readonly SqliteCommand _insert;
    private byte[] _chain;

    public JournalAppender(SqliteConnection connection)
    {
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO journal(sequence, at, day, kind, body, chain) VALUES ($sequence, $at, $day, $kind, $body, $chain)";
        foreach (var (name, type) in new[]
        {
            ("$sequence", SqliteType.Integer), ("$at", SqliteType.Integer), ("$day", SqliteType.Integer),
            ("$kind", SqliteType.Text), ("$body", SqliteType.Text), ("$chain", SqliteType.Blob),
        })
        {
            _insert.Parameters.Add(name, type);
        }

        using var last = connection.CreateCommand();
        last.CommandText = "SELECT sequence, at, chain FROM journal ORDER BY sequence DESC LIMIT 1";
        using var reader = last.ExecuteReader();
        _chain = new byte[Journal.Chain.Length];
        if (reader.Read())
        {
            Sequence = reader.GetInt64(0);
            Newest = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1));
            _chain = (byte[])reader.GetValue(2);
        }
    }

    /// <summary>The newest sequence; 0 before the first event.</summary>
    public long Sequence { get; private set; }

    /// <summary>The newest row's chain hash.</summary>
    public byte[] Chain => _chain;

    /// <summary>The instant of the newest event: time never runs back behind it.</summary>
    public DateTimeOffset Newest { get; private set; }

    /// <summary>Where the journal stands, to return to after a rollback.</summary>
    public (long Sequence, DateTimeOffset Newest, byte[] Chain) Mark
    {
        get => (Sequence, Newest, _chain);
        set => (Sequence, Newest, _chain) = value;
    }

    /// <summary>Appends an event; <paramref name="after"/> is the hall after it. Gives its sequence.</summary>
    public long Append(SqliteTransaction transaction, HallEvent happened, HallState after)
    {
        var sequence = Sequence + 1;
        var at = happened.At.ToUnixTimeMilliseconds();
        var day = DayNumber.Of(after.Day);
        var body = EventBodies.Write(happened, after);
        var chain = Journal.Chain.Next(_chain, sequence, at, day, happened.Kind, body);
        var parameters = _insert.Parameters;
        _insert.Transaction = transaction;
        parameters[0].Value = sequence;
        parameters[1].Value = at;
        parameters[2].Value = day;
        parameters[3].Value = happened.Kind;
        parameters[4].Value = body;
        parameters[5].Value = chain;
        _insert.ExecuteNonQuery();
        (Sequence, Newest, _chain) = (sequence, happened.At, chain);
        return sequence;
    }

    public void Dispose() => _insert.Dispose();
}
