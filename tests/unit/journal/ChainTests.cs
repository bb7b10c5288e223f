using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Reception.Hub.Journal;
using Xunit;

namespace Reception.Unit.Tests.Journal;

public sealed class ChainTests
{
    private static readonly byte[] Before = [.. Enumerable.Range(1, Chain.Length).Select(value => (byte)value)];

    [Fact]
    public void A_rows_hash_is_SHA_256_over_the_one_before_and_every_field()
    {
        var row = new byte[Chain.Length + 20];
        Before.CopyTo(row, 0);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(Chain.Length), 7);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(Chain.Length + 8), 1_795_000_000_000);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(Chain.Length + 16), 20_780);
        byte[] whole = [.. row, .. "ticket.issued"u8, 0, .. Encoding.UTF8.GetBytes("""{"number":"A001"}""")];

        Assert.Equal(SHA256.HashData(whole), Of());
    }

    [Fact]
    public void A_change_of_anything_changes_it()
    {
        byte[] otherBefore = [.. Before[..^1], 0];
        byte[][] all =
        [
            Of(), Chain.Next(otherBefore, 7, 1_795_000_000_000, 20_780, "ticket.issued", """{"number":"A001"}"""),
            Of(sequence: 8), Of(at: 1_795_000_000_001), Of(day: 20_781), Of(kind: "ticket.called"), Of(body: """{"number":"A002"}"""),
        ];

        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
    }

    private static byte[] Of(
        long sequence = 7, long at = 1_795_000_000_000, int day = 20_780, string kind = "ticket.issued", string body = """{"number":"A001"}""") =>
        Chain.Next(Before, sequence, at, day, kind, body);
}
