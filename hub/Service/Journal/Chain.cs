using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Hub.Journal;

/// <summary>The journal's chain: each row's hash covers the row before and this one.</summary>
internal static class Chain
{
    public const int Length = SHA256.HashSizeInBytes;

    private const int Head = Length + 20;

    /// <summary>SHA-256 over the hash before, the sequence, the instant, the day, the kind, a zero byte and the body.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, long sequence, long at, int day, string kind, string body) =>
        Next(before, sequence, at, day, Encoding.UTF8.GetBytes(kind), Encoding.UTF8.GetBytes(body));

    /// <summary>The same with the texts as UTF-8.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, long sequence, long at, int day, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> body)
    {
        var length = Head + kind.Length + 1 + body.Length;
        var row = ArrayPool<byte>.Shared.Rent(length);
        before.CopyTo(row);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(Length), sequence);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(Length + 8), at);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(Length + 16), day);
        kind.CopyTo(row.AsSpan(Head));
        row[Head + kind.Length] = 0;
        body.CopyTo(row.AsSpan(Head + kind.Length + 1));
        var hash = SHA256.HashData(row.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(row);
        return hash;
    }
}
