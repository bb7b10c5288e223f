using System.Buffers.Binary;
using System.IO.Compression;

namespace Reception.VirtualPrinter;

/// <summary>A PNG of one bit a dot, by ISO/IEC 15948: black dots on white paper.</summary>
internal static class Png
{
    private static readonly uint[] Crcs = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    public static byte[] Of(IReadOnlyList<bool[]> rows, int width)
    {
        using var picture = new MemoryStream();
        picture.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), rows.Count);
        // One bit a dot, grey; deflate, no interlace.
        head[8] = 1;
        Chunk(picture, "IHDR"u8, head);
        Chunk(picture, "IDAT"u8, Packed(rows, width));
        Chunk(picture, "IEND"u8, []);
        return picture.ToArray();
    }

    private static byte[] Packed(IReadOnlyList<bool[]> rows, int width)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            foreach (var row in rows)
            {
                // A filter byte, then the dots: 1 is white.
                var line = new byte[1 + ((width + 7) / 8)];
                for (var x = 0; x < width; x++)
                {
                    if (!row[x])
                    {
                        line[1 + (x / 8)] |= (byte)(1 << (7 - (x % 8)));
                    }
                }

                zip.Write(line);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream picture, ReadOnlySpan<byte> kind, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        picture.Write(number);
        picture.Write(kind);
        picture.Write(content);
        var crc = uint.MaxValue;
        foreach (var value in (byte[])[.. kind, .. content])
        {
            crc = Crcs[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        picture.Write(number);
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return crc;
    }
}
