using System.Buffers.Binary;

using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>Ids of UUID version 7. An event's is made from its row, so that it needs no place of its own and never changes.</summary>
internal static class EventIds
{
    private const int RandomBytes = 10;

    /// <summary>The row's instant in the first 48 bits, its chain hash in the random ones.</summary>
    public static string Of(JournalRow row) => Version7(row.At, row.Chain.AsSpan(0, RandomBytes));

    /// <summary>A new id from the clock and chance.</summary>
    public static string Next(TimeProvider time, Random random)
    {
        Span<byte> chance = stackalloc byte[RandomBytes];
        random.NextBytes(chance);
        return Version7(time.GetUtcNow().ToUnixTimeMilliseconds(), chance);
    }

    private static string Version7(long milliseconds, ReadOnlySpan<byte> chance)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, milliseconds << 16);
        chance.CopyTo(id[6..]);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true).ToString("D");
    }
}
