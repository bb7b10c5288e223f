using System.Text;
using Reception.Slips;

namespace Reception.Device.Printing;

/// <summary>
/// Reads ESC/POS as a printer does and gives the paper that comes out, for a line that ends in a file. It knows the commands that
/// slips are made of, by Epson's command reference; any other byte is an error, for on a real printer it would come out as a stray
/// character.
/// </summary>
public static class PaperReader
{
    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;

    // 1/6 inch at 203 dots an inch: the line feed after ESC @.
    private const int LineFeed = 34;

    /// <summary>
    /// The paper up to the cut, or up to the tear bar where no cutter is, dot for dot. Throws <see cref="FormatException"/> on what
    /// is no slip or is cut short.
    /// </summary>
    /// <param name="bytes">The whole stream.</param>
    /// <param name="profile">Whose paper it is.</param>
    public static Raster Read(ReadOnlySpan<byte> bytes, PrinterProfile profile)
    {
        var paper = new Paper(profile.Width, profile.FeedUnit);
        var at = 0;
        while (at < bytes.Length)
        {
            at += Step(bytes[at..], paper, at);
        }

        return paper.IsOut ? paper.ToRaster() : throw new FormatException("The bytes end before the slip is out.");
    }

    private static int Step(ReadOnlySpan<byte> rest, Paper paper, int at)
    {
        switch (rest)
        {
            case [Esc, (byte)'@', ..]:
                paper.Initialise();
                return 2;
            case [Esc, (byte)'J', var units, ..]:
                paper.FeedUnits(units);
                return 3;
            case [Esc, (byte)'d', var lines, ..]:
                paper.Feed(lines * LineFeed);
                paper.IsOut = true;
                return 3;
            case [Esc, (byte)'B', _, _, ..]:
                return 4;
            case [Esc, (byte)'p', _, _, _, ..]:
                return 5;
            case [Esc, (byte)'(', (byte)'A', var low, var high, ..] when rest.Length >= 5 + low + (high << 8):
                return 5 + low + (high << 8);
            case [Gs, (byte)'a', _, ..]:
            case [Gs, (byte)'r', _, ..]:
                return 3;
            case [Gs, (byte)'L', var low, var high, ..]:
                paper.LeftMargin = low + (high << 8);
                return 4;
            case [Gs, (byte)'V', 65 or 66, _, ..]:
                paper.IsOut = true;
                return 4;
            case [Gs, (byte)'V', 0 or 1, ..]:
                paper.IsOut = true;
                return 3;
            case [Gs, (byte)'(', (byte)'k', var low, var high, 49, var function, ..] when rest.Length >= 5 + low + (high << 8):
                paper.Symbol(function, rest.Slice(7, low + (high << 8) - 2));
                return 5 + low + (high << 8);
            case [Gs, (byte)'v', (byte)'0', var mode, var xLow, var xHigh, var yLow, var yHigh, ..]:
                var (stride, height) = (xLow + (xHigh << 8), yLow + (yHigh << 8));
                if (rest.Length < 8 + (stride * height))
                {
                    throw new FormatException($"The picture at byte {at} is cut short.");
                }

                paper.Print(rest.Slice(8, stride * height), stride, height, mode & 3);
                return 8 + (stride * height);
            default:
                throw new FormatException($"No printer command at byte {at}: 0x{rest[0]:X2}.");
        }
    }

    private sealed class Paper(int width, int feedUnit)
    {
        private readonly List<byte[]> rows = [];
        private int module = 3;
        private string symbol = "";

        public int LeftMargin { get; set; }

        public bool IsOut { get; set; }

        public void Initialise() => LeftMargin = 0;

        public void FeedUnits(int units) => Feed((int)Math.Round((double)units * EscPosEncoder.Rows / feedUnit));

        public void Feed(int dots)
        {
            for (var i = 0; i < dots; i++)
            {
                rows.Add(new byte[width / 8]);
            }
        }

        public void Symbol(byte function, ReadOnlySpan<byte> parameters)
        {
            switch (function)
            {
                case 67:
                    module = parameters[0];
                    break;
                case 80:
                    symbol = Encoding.UTF8.GetString(parameters[1..]);
                    break;
                case 81:
                    Print(QrSymbol.Of(symbol));
                    break;
            }
        }

        public void Print(ReadOnlySpan<byte> picture, int stride, int height, int mode)
        {
            var (across, down) = (mode is 1 or 3 ? 2 : 1, mode is 2 or 3 ? 2 : 1);
            for (var y = 0; y < height; y++)
            {
                var row = new byte[width / 8];
                for (var x = 0; x < stride * 8 * across; x++)
                {
                    var dot = x / across;
                    var place = LeftMargin + x;
                    // What lies beyond the printing area is not printed.
                    if (place < width && (picture[(y * stride) + (dot >> 3)] & (0x80 >> (dot & 7))) != 0)
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
            var raster = new Raster(width, rows.Count);
            for (var y = 0; y < rows.Count; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    if ((rows[y][x >> 3] & (0x80 >> (x & 7))) != 0)
                    {
                        raster[x, y] = true;
                    }
                }
            }

            return raster;
        }

        private void Print(QrSymbol code)
        {
            for (var y = 0; y < code.Size * module; y++)
            {
                var row = new byte[width / 8];
                for (var x = 0; x < code.Size * module; x++)
                {
                    var place = LeftMargin + x;
                    if (code[x / module, y / module] && place < width)
                    {
                        row[place >> 3] |= (byte)(0x80 >> (place & 7));
                    }
                }

                rows.Add(row);
            }
        }
    }
}
