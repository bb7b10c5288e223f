using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>
/// How far the journal was written, kept in a file beside the database: rows that the database has lost since are named, and so are rows whose
/// chain was computed again. It is written after the commit, at most once a second and without a sync: it is never ahead of the journal.
/// </summary>
/// <param name="Sequence">The newest row.</param>
/// <param name="Chain">Its chain hash, in hex.</param>
/// <param name="Day">The business day.</param>
/// <param name="Issued">How many numbers each service has issued on that day.</param>
/// <param name="Seal">Made of the others with the journal's key.</param>
internal sealed record HighWaterMark(long Sequence, string Chain, DateOnly Day, ImmutableSortedDictionary<string, int> Issued, string Seal)
{
    public const string Name = "journal.mark";

    public static HighWaterMark Of(PublishedHall hall, JournalKey key)
    {
        var mark = new HighWaterMark(
            hall.Version,
            Convert.ToHexStringLower(hall.Chain),
            hall.State.Day,
            IssuedIn(hall.State),
            "");
        return mark with { Seal = key.Seal(mark.Text) };
    }

    /// <summary>The mark of a database that nobody writes.</summary>
    public static HighWaterMark OfDatabase(SqliteConnection connection, JournalKey key)
    {
        var mark = NewestOf(connection);
        return mark with { Seal = key.Seal(mark.Text) };
    }

    /// <summary>Whether it was made with this key.</summary>
    public bool IsSealedBy(JournalKey key) => Seal == key.Seal(Text);

    /// <summary>The mark of a folder; null where there is none, or it can't be read.</summary>
    public static HighWaterMark? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<HighWaterMark>(File.ReadAllBytes(PathOf(folder)), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // A power cut may have taken what was not synced: verification names a mark that is missing.
            return null;
        }
    }

    /// <summary>
    /// How far the journal of a folder was written: by its database, where that can be read, since the file follows it by up to a second;
    /// else by the file. It has no seal.
    /// </summary>
    public static HighWaterMark? Reached(string folder)
    {
        var mark = Read(folder);
        if (!HubDatabase.IsIn(folder))
        {
            return mark;
        }

        try
        {
            using var connection = new HubDatabase(folder).OpenReader();
            var reached = Replay.NewestDay(connection) is { } hall
                ? NewestOf(connection) with { Day = hall.Day, Issued = IssuedIn(hall) }
                : null;
            // The file is about to be moved.
            SqliteConnection.ClearPool(connection);
            return reached?.Sequence >= (mark?.Sequence ?? 0) ? reached : mark;
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException || HubDatabase.IsDamage(exception))
        {
            // It is damaged: that is why it is restored.
            return mark;
        }
    }

    public static bool IsIn(string folder) => File.Exists(PathOf(folder));

    /// <summary>Takes the mark away: a person has accepted what is lost.</summary>
    public static void Remove(string folder) => File.Delete(PathOf(folder));

    public void Write(string folder)
    {
        var fresh = PathOf(folder) + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        File.Move(fresh, PathOf(folder), overwrite: true);
    }

    /// <summary>What a database lacks that was written, in a sentence; null where it has all of it.</summary>
    public string? LossIn(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        var newest = connection.ExecuteScalar<long>("SELECT coalesce(max(sequence), 0) FROM journal", null, transaction);
        return newest < Sequence ? $"the journal ends at row {newest}, and rows up to {Sequence} were written: {Sequence - newest} are lost"
            : connection.ExecuteScalar<byte[]>("SELECT chain FROM journal WHERE sequence = @Sequence", new { Sequence }, transaction) is { } chain
                && Convert.ToHexStringLower(chain) != Chain ? $"row {Sequence} of the journal is not the one that was written last"
            : null;
    }

    private static HighWaterMark NewestOf(SqliteConnection connection)
    {
        var newest = connection.QuerySingleOrDefault<(long Sequence, byte[] Chain)?>("SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1");
        return new HighWaterMark(
            newest?.Sequence ?? 0, Convert.ToHexStringLower(newest?.Chain ?? []), default, ImmutableSortedDictionary<string, int>.Empty, "");
    }

    private static ImmutableSortedDictionary<string, int> IssuedIn(HallState hall) =>
        hall.Services.ToImmutableSortedDictionary(service => service.Key, service => service.Value.Issued, StringComparer.Ordinal);

    private static string PathOf(string folder) => Path.Combine(folder, Name);

    private string Text => string.Create(
        CultureInfo.InvariantCulture, $"mark {Sequence} {Chain} {Day:yyyy-MM-dd} {string.Join(',', Issued.Select(service => $"{service.Key}={service.Value}"))}");
}
