using System.Diagnostics;
using Reception.Protocol.Serial;

namespace Reception.Load;

/// <summary>The serial line's decoder in megabytes a second, on clean frames and on noise; a search for line ends beside it.</summary>
internal static class FrameDecoding
{
    private const int Bytes = 16 * 1024 * 1024;
    private const int Piece = 1024;

    public static void Measure(Table table)
    {
        var clean = Fill(round => Frame.Encode($"PRESS,{round},{1 + (round % 5)},{round % 100_000}"));
        var noise = new byte[Bytes];
        new Random(1).NextBytes(noise);
        table.Add("search for line ends alone", Run(clean, piece => piece.Count((byte)'\n')));
        table.Add("decoder, clean frames", Run(clean, Decoder()));
        table.Add("decoder, noise", Run(noise, Decoder()));
    }

    private static Func<ReadOnlySpan<byte>, int> Decoder()
    {
        var decoder = new FrameDecoder();
        return piece =>
        {
            var bodies = 0;
            decoder.Feed(piece, _ => bodies++);
            return bodies;
        };
    }

    private static byte[] Fill(Func<int, byte[]> frame)
    {
        var bytes = new List<byte>(Bytes + Frame.Longest);
        for (var round = 0; bytes.Count < Bytes; round++)
        {
            bytes.AddRange(frame(round));
        }

        return [.. bytes];
    }

    private static string Run(byte[] bytes, Func<ReadOnlySpan<byte>, int> take)
    {
        var found = 0L;
        for (var warmUp = 0; warmUp < Bytes / 8; warmUp += Piece)
        {
            found += take(bytes.AsSpan(warmUp, Piece));
        }

        found = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var begun = Stopwatch.GetTimestamp();
        for (var at = 0; at + Piece <= Bytes; at += Piece)
        {
            found += take(bytes.AsSpan(at, Piece));
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return $"{Bytes / seconds / 1e6:N0} MB/s, {found:N0} found, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Bytes:N2} bytes allocated a byte";
    }
}
