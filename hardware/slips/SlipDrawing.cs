namespace Reception.Slips;

/// <summary>A slip as drawn, dot for dot as it comes out of the printer.</summary>
/// <param name="Dots">The paper. A QR code that the printer draws itself is white here.</param>
/// <param name="Code">The QR code that the printer is to draw, or null where it is among the dots.</param>
public sealed record SlipDrawing(Raster Dots, PrinterCode? Code = null)
{
    /// <summary>Whether the printer sounds its beeper when the slip is out.</summary>
    public bool Beep { get; init; }

    /// <summary>Whether the printer opens its drawer when the slip is out.</summary>
    public bool OpenDrawer { get; init; }

    /// <summary>The paper as it comes out: with the code that the printer draws.</summary>
    public Raster Paper()
    {
        var paper = new Raster(Dots.Width, Dots.Height);
        paper.Paste(Dots, 0, 0);
        if (Code is { } code)
        {
            paper.Paste(QrSymbol.Of(code.Text).Draw(code.Module), code.Left, code.Top);
        }

        return paper;
    }
}

/// <summary>A QR code that the printer draws itself.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Left">Dots from the left edge of the paper.</param>
/// <param name="Top">The row where it begins.</param>
/// <param name="Size">Rows that it takes.</param>
/// <param name="Module">Dots of a module's side, 1 to 16.</param>
public sealed record PrinterCode(string Text, int Left, int Top, int Size, int Module);
