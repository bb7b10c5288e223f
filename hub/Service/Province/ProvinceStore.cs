using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Province;

/// <summary>Commits what <paramref name="write"/> does as one transaction.</summary>
internal delegate Task CommitAsync(Action<SqliteConnection, SqliteTransaction> write);

/// <summary>Where the forwarder is, and the bytes of what it sends. What a write returns from is on the disk.</summary>
/// <param name="open">Opens a connection that only reads.</param>
/// <param name="commitAsync">Commits through the one writer.</param>
internal sealed class ProvinceStore(Func<SqliteConnection> open, CommitAsync commitAsync)
{
    // As long as the answers to devices: what is asked about later is in the journal.
    private static readonly TimeSpan EventsKept = TimeSpan.FromDays(40);

    public long Cursor => Read(connection => connection.ExecuteScalar<long>("SELECT cursor FROM province"));

    /// <summary>The sequence of the newest event that was composed; 0 before the first.</summary>
    public long Composed => Read(connection => connection.ExecuteScalar<long>("SELECT composed FROM province"));

    /// <summary>How many events the province refused since it last acknowledged one, or a person last had some sent again.</summary>
    public long RefusedInARow => Read(connection => connection.ExecuteScalar<long>("SELECT refused FROM province"));

    public (DateTimeOffset? LastSuccess, ProvinceAlarm? Alarm, int Parked) Line() => Read(connection =>
    {
        var (lastSuccess, code, words, since, parked) = connection.QuerySingle<(long?, string?, string?, long?, long)>(
            "SELECT last_success, alarm_code, alarm, alarm_since, (SELECT count(*) FROM province_parked) FROM province");
        return (Instant(lastSuccess), code is null ? null : new ProvinceAlarm(code, words!, Instant(since)!.Value), (int)parked);
    });

    /// <summary>The batch that waits for its answer, with the bytes that it was composed of.</summary>
    public Batch? InFlight() => Read(connection =>
    {
        if (connection.QuerySingleOrDefault<(long First, long Last, string Key)?>("SELECT first, last, key FROM province_batch ORDER BY first LIMIT 1") is not { } kept)
        {
            return null;
        }

        var events = connection.Query<BatchEvent>(
            """
            SELECT sequence, kind, at, province_event.body AS json FROM province_event JOIN journal USING (sequence)
            WHERE sequence BETWEEN @First AND @Last ORDER BY sequence
            """,
            new { kept.First, kept.Last });
        return new Batch(kept.First, kept.Last, kept.Key, events.AsList());
    });

    /// <summary>Keeps a new batch with its bytes.</summary>
    public Task KeepAsync(Batch batch) => commitAsync((connection, transaction) =>
    {
        Insert(connection, transaction, batch);
        foreach (var one in batch.Events)
        {
            Insert(connection, transaction, one);
        }
    });

    public Task SplitAsync(Batch whole, Batch front, Batch back) => commitAsync((connection, transaction) =>
    {
        connection.Execute("DELETE FROM province_batch WHERE first = @First", new { whole.First }, transaction);
        Insert(connection, transaction, front);
        Insert(connection, transaction, back);
    });

    /// <summary>Gives a batch another key.</summary>
    public Task RenewKeyAsync(long first, string key) => commitAsync((connection, transaction) =>
        connection.Execute("UPDATE province_batch SET key = @key WHERE first = @first", new { first, key }, transaction));

    public Task AcknowledgeAsync(long first, long last, DateTimeOffset now) => commitAsync((connection, transaction) =>
    {
        Pass(connection, transaction, first, last);
        connection.Execute(
            """
            DELETE FROM province_parked WHERE sequence BETWEEN @first AND @last;
            UPDATE province_event SET acknowledged_at = @now WHERE sequence BETWEEN @first AND @last;
            DELETE FROM province_event WHERE acknowledged_at < @keptFrom;
            UPDATE province SET last_success = @now, refused = 0, alarm_code = NULL, alarm = NULL, alarm_since = NULL;
            """,
            new { first, last, now = now.ToUnixTimeMilliseconds(), keptFrom = (now - EventsKept).ToUnixTimeMilliseconds() },
            transaction);
    });

    /// <summary>Parks an event that the province refused.</summary>
    public Task ParkAsync(long first, long last, ParkedEvent parked) => commitAsync((connection, transaction) =>
    {
        Park(connection, transaction, first, last, parked);
        connection.Execute("UPDATE province SET refused = refused + 1", null, transaction);
    });

    /// <summary>Parks an event that is not sent, with its bytes.</summary>
    public Task ParkUnsentAsync(long first, long last, BatchEvent unsent, ParkedEvent parked) => commitAsync((connection, transaction) =>
    {
        Insert(connection, transaction, unsent);
        Park(connection, transaction, first, last, parked);
    });

    /// <summary>Rows that are not for the province.</summary>
    public Task SkipAsync(long first, long last) => commitAsync((connection, transaction) => Pass(connection, transaction, first, last));

    /// <summary>The newest alarm is shown, and since when there is one: until a success.</summary>
    public Task RaiseAsync(string code, string words, DateTimeOffset now) => commitAsync((connection, transaction) => connection.Execute(
        "UPDATE province SET alarm_code = @code, alarm = @words, alarm_since = coalesce(alarm_since, @now)",
        new { code, words, now = now.ToUnixTimeMilliseconds() },
        transaction));

    public IReadOnlyList<ParkedEvent> Parked(int most) => Read(connection => connection
        .Query<(long Sequence, string Kind, long At, long Status, string Answer, long Again)>(
            """
            SELECT sequence, kind, at, status, answer, sequence IN (SELECT first FROM province_batch)
            FROM province_parked ORDER BY sequence LIMIT @most
            """,
            new { most })
        .Select(row => new ParkedEvent(row.Sequence, row.Kind, Instant(row.At)!.Value, (int)row.Status, row.Answer, row.Again != 0))
        .ToList());

    /// <summary>Puts parked events before everything else, in journal order, each in a batch of its own; those that are there already stay as they are.</summary>
    /// <param name="sequence">The one event, or null for all.</param>
    /// <param name="nextKey">Makes a batch's key.</param>
    /// <returns>How many of them are parked.</returns>
    public async Task<int> ResendAsync(long? sequence, Func<string> nextKey)
    {
        var count = 0;
        await commitAsync((connection, transaction) =>
        {
            var parked = connection.Query<long>(
                "SELECT sequence FROM province_parked WHERE @sequence IS NULL OR sequence = @sequence ORDER BY sequence", new { sequence }, transaction).AsList();
            foreach (var one in parked)
            {
                connection.Execute(
                    "INSERT INTO province_batch(first, last, key) VALUES (@one, @one, @key) ON CONFLICT(first) DO NOTHING", new { one, key = nextKey() }, transaction);
            }

            if (parked.Count > 0)
            {
                // A person has looked: what is refused from here on is counted anew.
                connection.Execute("UPDATE province SET refused = 0", null, transaction);
            }

            count = parked.Count;
        });
        return count;
    }

    /// <summary>The province gets what happens from now on: the next event is its first of this journal.</summary>
    public static void BeginAfterNewest(SqliteConnection connection) =>
        connection.Execute("UPDATE province SET cursor = (SELECT coalesce(max(sequence), 0) FROM journal)");

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, Batch batch) => connection.Execute(
        "INSERT INTO province_batch(first, last, key) VALUES (@First, @Last, @Key)", new { batch.First, batch.Last, batch.Key }, transaction);

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, BatchEvent one) => connection.Execute(
        """
        INSERT INTO province_event(sequence, body) VALUES (@Sequence, @Json) ON CONFLICT(sequence) DO NOTHING;
        UPDATE province SET composed = max(composed, @Sequence);
        """,
        new { one.Sequence, one.Json },
        transaction);

    private static void Park(SqliteConnection connection, SqliteTransaction transaction, long first, long last, ParkedEvent parked)
    {
        Pass(connection, transaction, first, last);
        connection.Execute(
            "INSERT OR REPLACE INTO province_parked(sequence, kind, at, status, answer) VALUES (@Sequence, @Kind, @at, @Status, @Answer)",
            new { parked.Sequence, parked.Kind, at = parked.ParkedAt.ToUnixTimeMilliseconds(), parked.Status, parked.Answer },
            transaction);
    }

    private static void Pass(SqliteConnection connection, SqliteTransaction transaction, long first, long last) => connection.Execute(
        """
        DELETE FROM province_batch WHERE first = @first;
        UPDATE province SET cursor = max(cursor, @last);
        """,
        new { first, last },
        transaction);

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = open();
        return read(connection);
    }
}
