using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hall.Tests.Disks;

/// <summary>What a disk does to a file of SQLite while no program has it open.</summary>
internal static class DamagedFile
{
    public const int Page = 4096;

    /// <summary>Brings all that its <c>-wal</c> file holds into the file, so that what is damaged in the file counts.</summary>
    public static void Settle(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public static void Flip(string path, long at, int bit)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var was = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(was ^ (1 << bit)));
    }

    public static void Truncate(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.SetLength(length);
    }

    /// <summary>Every place of a text in a file: SQLite leaves copies in free space.</summary>
    public static IReadOnlyList<long> Places(string path, ReadOnlySpan<byte> text)
    {
        var bytes = File.ReadAllBytes(path);
        var places = new List<long>();
        var from = 0;
        while (bytes.AsSpan(from).IndexOf(text) is >= 0 and var next)
        {
            places.Add(from + next);
            from += next + 1;
        }

        return places;
    }
}
