namespace Reception.Device.Printing;

/// <summary>
/// Reads ESC/POS as a printer does and gives the paper that comes out. It knows the commands that slips are made of, by
/// Epson's command reference; any other byte is an error, for on a real printer it would come out as a stray character.
/// </summary>
public static class PaperReader
{
    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;

    // 1/6 inch at 203 dots an inch: the line feed after ESC @.
    private const int LineFeed = 34;

    /// <summary>The paper up to the cut, dot for dot. Throws <see cref="FormatException"/> on what is no slip or is cut short.</summary>
    public static Raster Read(ReadOnlySpan<byte> bytes)
    {
        var paper = new Paper();
        var at = 0;
        while (at < bytes.Length)
        {
            at += Step(bytes[at..], paper, at);
        }

        return paper.IsCut ? paper.ToRaster() : throw new FormatException("The bytes end before the cut.");
    }

    private static int Step(ReadOnlySpan<byte> rest, Paper paper, int at)
    {
        switch (rest)
        {
            case [Esc, (byte)'@', ..]:
                paper.Initialise();
                return 2;
            case [Esc, (byte)'J', var units, ..]:
                paper.Feed(units * Paper.DotsPerInch / paper.UnitsPerInch);
                return 3;
            case [Esc, (byte)'d', var lines, ..]:
                paper.Feed(lines * LineFeed);
                return 3;
            case [Gs, (byte)'P', _, var vertical, ..]:
                paper.UnitsPerInch = vertical == 0 ? Paper.DefaultUnitsPerInch : vertical;
                return 4;
            case [Gs, (byte)'L', var low, var high, ..]:
                paper.LeftMargin = low + (high << 8);
                return 4;
            case [Gs, (byte)'V', 65 or 66, _, ..]:
                paper.IsCut = true;
                return 4;
            case [Gs, (byte)'V', 0 or 1 or 48 or 49, ..]:
                paper.IsCut = true;
                return 3;
            case [Gs, (byte)'v', (byte)'0', var mode, var xLow, var xHigh, var yLow, var yHigh, ..]:
                var (width, height) = (xLow + (xHigh << 8), yLow + (yHigh << 8));
                if (rest.Length < 8 + (width * height))
                {
                    throw new FormatException($"The picture at byte {at} is cut short.");
                }

                paper.Print(rest.Slice(8, width * height), width, height, mode & 3);
                return 8 + (width * height);
            default:
                throw new FormatException($"No printer command at byte {at}: 0x{rest[0]:X2}.");
        }
    }

    private sealed class Paper
    {
        public const int DotsPerInch = 203;

        // Epson TM-T20: the vertical motion unit before any GS P.
        public const int DefaultUnitsPerInch = 406;

        private readonly List<byte[]> rows = [];

        public int UnitsPerInch { get; set; } = DefaultUnitsPerInch;

        public int LeftMargin { get; set; }

        public bool IsCut { get; set; }

        public void Initialise() => (UnitsPerInch, LeftMargin) = (DefaultUnitsPerInch, 0);

        public void Feed(int dots)
        {
            for (var i = 0; i < dots; i++)
            {
                rows.Add(new byte[SlipDrawing.Width / 8]);
            }
        }

        public void Print(ReadOnlySpan<byte> picture, int width, int height, int mode)
        {
            var (across, down) = (mode is 1 or 3 ? 2 : 1, mode is 2 or 3 ? 2 : 1);
            for (var y = 0; y < height; y++)
            {
                var row = new byte[SlipDrawing.Width / 8];
                for (var x = 0; x < width * 8 * across; x++)
                {
                    var dot = x / across;
                    var place = LeftMargin + x;
                    // What lies beyond the printing area is not printed.
                    if (place < SlipDrawing.Width && (picture[(y * width) + (dot >> 3)] & (0x80 >> (dot & 7))) != 0)
                    {
                        row[place >> 3] |= (byte)(0x80 >> (place & 7));
                    }
                }

                for (var i = 0; i < down; i++)
                {
                    rows.Add(row);
                }
            }
        }

        public Raster ToRaster()
        {
            var raster = new Raster(SlipDrawing.Width, rows.Count);
            for (var y = 0; y < rows.Count; y++)
            {
                for (var x = 0; x < SlipDrawing.Width; x++)
                {
                    if ((rows[y][x >> 3] & (0x80 >> (x & 7))) != 0)
                    {
                        raster[x, y] = true;
                    }
                }
            }

            return raster;
        }
    }
}
