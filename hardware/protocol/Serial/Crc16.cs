namespace Reception.Protocol.Serial;

/// <summary>CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, no reflection, no final exclusive-or; <c>123456789</c> gives 29B1.</summary>
public static class Crc16
{
    private const ushort Start = 0xFFFF;
    private const ushort Polynomial = 0x1021;
    private static readonly ushort[] Table = MakeTable();

    /// <summary>The checksum of the bytes.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var crc = Start;
        foreach (var value in bytes)
        {
            crc = (ushort)((crc << 8) ^ Table[(crc >> 8) ^ value]);
        }

        return crc;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var index = 0; index < table.Length; index++)
        {
            var crc = (ushort)(index << 8);
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1);
            }

            table[index] = crc;
        }

        return table;
    }
}
