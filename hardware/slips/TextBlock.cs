namespace Reception.Slips;

/// <summary>How a text lies on the paper.</summary>
internal enum Alignment
{
    Left = 0,
    Centre = 1,
    Right = 2,
}

/// <summary>How a text is set.</summary>
/// <param name="Size">The font's size in dots.</param>
/// <param name="Bold">Whether it is bold.</param>
/// <param name="Alignment">Where it lies in its width.</param>
/// <param name="Lines">The most lines; what is longer is set smaller.</param>
internal sealed record TextStyle(int Size, bool Bold = false, Alignment Alignment = Alignment.Centre, int Lines = 3);

/// <summary>A text set by Pango to a width and drawn to dots.</summary>
internal static class TextBlock
{
    // Noto Sans lies on every installed kiosk (fonts-noto-core); the screens' own face is taken where the system has it.
    private const string Families = "Be Vietnam Pro,Noto Sans,sans-serif";

    // Text at 203 dots an inch is black from a little under half cover on: thin strokes of marks stay whole.
    private const byte Threshold = 112;

    /// <summary>2.75 mm of body at 203 dots an inch: below it stacked marks run together.</summary>
    public const int SmallestSize = 22;

    /// <summary>
    /// Draws a text. The raster is as high as the lines and their marks together, so that no diacritic is cut. A text that its
    /// lines do not hold is set smaller, and one that even the smallest size does not hold ends in an ellipsis.
    /// </summary>
    public static Raster Draw(string text, int width, TextStyle style)
    {
        while (style.Size > SmallestSize && IsTooLong(text, width, style))
        {
            style = style with { Size = Math.Max(SmallestSize, style.Size * 7 / 8) };
        }

        using var canvas = new Canvas(1, 1);
        var font = CreateFont(style);
        var layout = CreateLayout(canvas, text, width, style, font);
        try
        {
            Pango.GetExtents(layout, out var ink, out var logical);
            var top = Math.Min(ink.Y, logical.Y);
            var bottom = Math.Max(ink.Y + ink.Height, logical.Y + logical.Height);
            using var drawn = new Canvas(width, bottom - top);
            Pango.MoveTo(drawn.Context, 0, -top);
            Pango.ShowLayout(drawn.Context, layout);
            return drawn.ToRaster(Threshold);
        }
        finally
        {
            Pango.Unref(layout);
            Pango.FreeFont(font);
        }
    }

    /// <summary>The inked size of a text on one line, in dots.</summary>
    public static (int Width, int Height) Measure(string text, TextStyle style)
    {
        using var canvas = new Canvas(1, 1);
        var font = CreateFont(style);
        var layout = CreateLayout(canvas, text, width: -1, style, font);
        try
        {
            Pango.GetExtents(layout, out var ink, out _);
            return (ink.Width, ink.Height);
        }
        finally
        {
            Pango.Unref(layout);
            Pango.FreeFont(font);
        }
    }

    private static bool IsTooLong(string text, int width, TextStyle style)
    {
        using var canvas = new Canvas(1, 1);
        var font = CreateFont(style);
        var layout = CreateLayout(canvas, text, width, style, font);
        try
        {
            return Pango.IsEllipsized(layout);
        }
        finally
        {
            Pango.Unref(layout);
            Pango.FreeFont(font);
        }
    }

    private static nint CreateFont(TextStyle style)
    {
        var font = Pango.CreateFont(Families + (style.Bold ? " Bold" : ""));
        Pango.SetFontSize(font, style.Size * (double)Pango.Scale);
        return font;
    }

    private static nint CreateLayout(Canvas canvas, string text, int width, TextStyle style, nint font)
    {
        var layout = Pango.CreateLayout(canvas.Context);
        Pango.SetFont(layout, font);
        Pango.SetText(layout, text, -1);
        if (width > 0)
        {
            Pango.SetWidth(layout, width * Pango.Scale);
            Pango.SetWrap(layout, Pango.WrapWordChar);
            Pango.SetEllipsize(layout, Pango.EllipsizeEnd);
            Pango.SetHeight(layout, -style.Lines);
            Pango.SetAlignment(layout, (int)style.Alignment);
        }

        return layout;
    }
}
