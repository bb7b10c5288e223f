using System.Text;
using Reception.Slips;

namespace Reception.Device.Printing;

/// <summary>
/// A drawn slip as ESC/POS. Source: Epson's command reference for TM printers, whose commands <c>ESC @</c>, <c>GS L</c>,
/// <c>GS v 0</c>, <c>ESC J</c>, <c>ESC d</c>, <c>GS V</c>, <c>GS a</c> and <c>GS r</c> stand alike in the programmers' manuals of Xprinter, HPRT
/// and SNBC. <c>ESC J</c> counts in a motion unit that is 1/203 inch on one printer and 1/360 on the next, and <c>GS P</c>, which sets it, is
/// missing on small ones: the profile says what it is, or that white rows are raster like all others.
/// </summary>
public static class EscPosEncoder
{
    private const byte Esc = 0x1B;
    private const byte Gs = 0x1D;

    /// <summary>Rows of dots an inch.</summary>
    internal const int Rows = 203;

    /// <summary>Asks for automatic status on changes of the line, of faults and of the paper (<c>GS a</c>); until the next <c>ESC @</c>.</summary>
    internal static byte[] TellChanges => [Gs, (byte)'a', 0x0E];

    /// <summary>
    /// Asks for the paper sensor's state (<c>GS r 1</c>). The printer answers when it has come so far in what it received: what
    /// stands before it is out. So say the manuals of Epson, Bixolon (SRP-330II), HPRT (TP809) and Sinocan (P11).
    /// </summary>
    internal static byte[] SayWhenOut => [Gs, (byte)'r', 1];

    /// <summary>The bytes of slips that are printed one after the other.</summary>
    public static byte[] Encode(IReadOnlyList<SlipDrawing> slips, PrinterProfile profile)
    {
        var bytes = new List<byte>(12 * 1024) { Esc, (byte)'@' };
        if (profile.Status == StatusSupport.Automatic)
        {
            bytes.AddRange(TellChanges);
        }

        var margin = 0;
        foreach (var slip in slips)
        {
            Draw(bytes, slip, profile, ref margin);
            CutOff(bytes, profile);
            Call(bytes, slip, profile);
        }

        if (profile.Status != StatusSupport.None)
        {
            bytes.AddRange(SayWhenOut);
        }

        return [.. bytes];
    }

    /// <summary>The bytes of one slip.</summary>
    public static byte[] Encode(SlipDrawing slip, PrinterProfile profile) => Encode([slip], profile);

    private static void Draw(List<byte> bytes, SlipDrawing slip, PrinterProfile profile, ref int margin)
    {
        var dots = slip.Dots;
        if (dots.Width != profile.Width)
        {
            throw new ArgumentException($"A drawing of {dots.Width} dots is not for paper of {profile.Width}.", nameof(slip));
        }

        var top = 0;
        if (slip.Code is { } code)
        {
            Print(bytes, dots, 0, code.Top, profile, ref margin);
            Print(bytes, code, ref margin);
            top = code.Top + code.Size;
        }

        Print(bytes, dots, top, dots.Height, profile, ref margin);
    }

    private static void Print(List<byte> bytes, Raster dots, int top, int bottom, PrinterProfile profile, ref int margin)
    {
        var longestFeed = byte.MaxValue * Rows / profile.FeedUnit;
        foreach (var band in Bands.Of(dots, top, bottom, profile.BandHeight, longestFeed))
        {
            if (band.IsFed)
            {
                bytes.AddRange([Esc, (byte)'J', (byte)Math.Round((double)band.Rows * profile.FeedUnit / Rows)]);
                continue;
            }

            MoveTo(bytes, band.Left * 8 * band.Scale, ref margin);
            var height = band.Rows / band.Scale;
            // GS v 0: m 0 is dot for dot, m 3 doubles both ways.
            bytes.AddRange([Gs, (byte)'v', (byte)'0', (byte)(band.Scale == 2 ? 3 : 0), (byte)band.Width, 0, (byte)height, 0]);
            for (var y = band.Top; y < band.Top + band.Rows; y += band.Scale)
            {
                var row = dots.Row(y);
                for (var x = band.Left; x < band.Left + band.Width; x++)
                {
                    bytes.Add(band.Scale == 1 ? row[x] : (byte)((Halved(row[2 * x]) << 4) | ((2 * x) + 1 < row.Length ? Halved(row[(2 * x) + 1]) : 0)));
                }
            }
        }
    }

    // GS ( k: model 2, the module's size, correction level M, the text, print.
    private static void Print(List<byte> bytes, PrinterCode code, ref int margin)
    {
        MoveTo(bytes, code.Left, ref margin);
        var text = Encoding.UTF8.GetBytes(code.Text);
        Symbol(bytes, 65, 50, 0);
        Symbol(bytes, 67, (byte)code.Module);
        Symbol(bytes, 69, 49);
        Symbol(bytes, 80, [48, .. text]);
        Symbol(bytes, 81, 48);
    }

    private static void Symbol(List<byte> bytes, byte function, params byte[] parameters)
    {
        var length = parameters.Length + 2;
        bytes.AddRange([Gs, (byte)'(', (byte)'k', (byte)length, (byte)(length >> 8), 49, function, .. parameters]);
    }

    private static void MoveTo(List<byte> bytes, int left, ref int margin)
    {
        if (left != margin)
        {
            bytes.AddRange([Gs, (byte)'L', (byte)left, (byte)(left >> 8)]);
            margin = left;
        }
    }

    private static void CutOff(List<byte> bytes, PrinterProfile profile)
    {
        if (profile.FeedLines > 0)
        {
            bytes.AddRange([Esc, (byte)'d', (byte)profile.FeedLines]);
        }

        if (profile.Cut != Cut.None)
        {
            // GS V 65 and 66 feed the slip past the cutter first; 0 and 1 cut where the paper is. Odd ones leave a point, and 66 does.
            bytes.AddRange((profile.Cut, profile.FeedLines) switch
            {
                (Cut.Full, 0) => [Gs, (byte)'V', 65, 0],
                (Cut.Full, _) => [Gs, (byte)'V', 0],
                (_, 0) => [Gs, (byte)'V', 66, 0],
                _ => [Gs, (byte)'V', 1],
            });
        }
    }

    private static void Call(List<byte> bytes, SlipDrawing slip, PrinterProfile profile)
    {
        if (slip.Beep)
        {
            // Twice: ESC B counts in 50 ms, ESC ( A in 100 ms.
            bytes.AddRange(profile.Beeper switch
            {
                Beeper.EscB => [Esc, (byte)'B', 2, 2],
                Beeper.EscA => [Esc, (byte)'(', (byte)'A', 4, 0, 48, 51, 2, 1],
                _ => ReadOnlySpan<byte>.Empty,
            });
        }

        if (slip.OpenDrawer && profile.Drawer != Drawer.None)
        {
            // ESC p: 50 ms on, 500 ms off, in steps of 2 ms.
            bytes.AddRange([Esc, (byte)'p', (byte)(profile.Drawer == Drawer.Pin5 ? 1 : 0), 25, 250]);
        }
    }

    // Every other dot of a byte of doubled ones: the four that are sent.
    private static int Halved(byte cell) => ((cell >> 4) & 8) | ((cell >> 3) & 4) | ((cell >> 2) & 2) | ((cell >> 1) & 1);
}
