using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Hub.Journal;

/// <summary>The journal's chain: each row's hash covers the row before and this one.</summary>
internal static class Chain
{
    public const int Length = SHA256.HashSizeInBytes;

    /// <summary>SHA-256 over the hash before, the sequence, the instant, the day, the kind, a zero byte and the body.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, long sequence, long at, int day, string kind, string body)
    {
        Span<byte> head = stackalloc byte[Length + 20];
        before.CopyTo(head);
        BinaryPrimitives.WriteInt64BigEndian(head[Length..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(head[(Length + 8)..], at);
        BinaryPrimitives.WriteInt32BigEndian(head[(Length + 16)..], day);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(body));
        return hash.GetHashAndReset();
    }
}
