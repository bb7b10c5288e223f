using System.Globalization;

namespace Reception.Device.Printing;

/// <summary>
/// Lays a slip out for 80 mm paper: text is set by Pango, so that every stacked Vietnamese mark stands as a type designer
/// drew it, on every printer. The number and the QR code are drawn at half resolution (see <see cref="SlipPart"/>).
/// </summary>
public static class SlipLayout
{
    // 2 mm a side: cheap printers lose the outermost dots.
    private const int Margin = 16;
    private const int TextWidth = SlipDrawing.Width - (2 * Margin);

    private static readonly TextStyle HallStyle = new(32, Bold: true);
    private static readonly TextStyle ServiceStyle = new(48, Bold: true);
    private static readonly TextStyle SecondStyle = new(30);
    private static readonly TextStyle LabelStyle = new(34, Alignment: Alignment.Left, Lines: 1);
    private static readonly TextStyle ValueStyle = new(34, Bold: true, Alignment.Right, Lines: 1);
    private static readonly TextStyle SmallStyle = new(28);
    private static readonly TextStyle NoticeStyle = new(28, Bold: true);
    private static readonly TextStyle MarkStyle = new(38, Bold: true, Lines: 1);

    /// <summary>Draws the slip. Control characters in its texts are left out; a text that three lines do not hold is set smaller.</summary>
    public static SlipDrawing Draw(Slip slip)
    {
        var words = new SlipWords(slip.Language);
        var parts = new List<SlipPart>();
        Blank(parts, 16);
        if (slip.Copy)
        {
            Mark(parts, words["Copy"]);
            Blank(parts, 12);
        }

        Text(parts, slip.Hall, HallStyle);
        Rule(parts);
        Blank(parts, 6);
        Number(parts, PlainText.Of(slip.Number, maximum: 8));
        Blank(parts, 10);
        Service(parts, slip);
        if (slip.Priority)
        {
            Blank(parts, 10);
            Mark(parts, words["Priority"]);
        }

        Rule(parts);
        Facts(parts, slip, words);
        if (slip.Link is { Length: > 0 and <= 1000 } link)
        {
            Rule(parts);
            Code(parts, link);
            Blank(parts, 10);
            Text(parts, words["Scan"], SmallStyle);
        }

        if (slip.ForwardNextDayAfter is { } line)
        {
            Rule(parts);
            Text(parts, words.Format("Forward", PlainText.Of(line, maximum: 8)), NoticeStyle);
        }

        Blank(parts, 24);
        return new SlipDrawing(parts);
    }

    private static void Service(List<SlipPart> parts, Slip slip)
    {
        var english = slip.ServiceEnglish is { Length: > 0 } name ? name : null;
        var (first, second) = slip.Language == "en" && english is not null ? (english, slip.Service) : (slip.Service, english);
        Text(parts, first, ServiceStyle);
        if (second is not null)
        {
            Text(parts, second, SecondStyle);
        }
    }

    private static void Facts(List<SlipPart> parts, Slip slip, SlipWords words)
    {
        Fact(parts, words["Ahead"], words.Ahead(slip.Ahead));
        if (slip.EstimatedWaitSeconds is { } seconds)
        {
            Fact(parts, words["Wait"], words.Wait(seconds));
        }

        Fact(parts, words["IssuedAt"], slip.IssuedAt.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture));
    }

    private static void Blank(List<SlipPart> parts, int rows) => parts.Add(new SlipPart(new Raster(SlipDrawing.Width, rows), 1));

    private static void Text(List<SlipPart> parts, string text, TextStyle style)
    {
        var plain = PlainText.Of(text);
        if (plain.Length > 0)
        {
            parts.Add(Framed(TextBlock.Draw(plain, TextWidth, style)));
        }
    }

    private static SlipPart Framed(Raster text)
    {
        var paper = new Raster(SlipDrawing.Width, text.Height);
        Copy(text, paper, Margin, 0);
        return new SlipPart(paper, 1);
    }

    private static void Fact(List<SlipPart> parts, string label, string value)
    {
        var left = TextBlock.Draw(label, TextWidth, LabelStyle);
        var right = TextBlock.Draw(value, TextWidth, ValueStyle);
        var paper = new Raster(SlipDrawing.Width, Math.Max(left.Height, right.Height));
        Copy(left, paper, Margin, paper.Height - left.Height);
        Copy(right, paper, Margin, paper.Height - right.Height);
        parts.Add(new SlipPart(paper, 1));
    }

    private static void Rule(List<SlipPart> parts)
    {
        const int dash = 12, gap = 8, thickness = 3;
        var paper = new Raster(SlipDrawing.Width, 14 + thickness + 14);
        for (var x = Margin + 4; x + dash <= SlipDrawing.Width - Margin; x += dash + gap)
        {
            paper.Fill(x, 14, dash, thickness);
        }

        parts.Add(new SlipPart(paper, 1));
    }

    private static void Mark(List<SlipPart> parts, string word)
    {
        const int border = 4, padding = 28;
        var text = TextBlock.Draw(word, TextWidth, MarkStyle);
        var width = Math.Min(TextWidth, TextBlock.Measure(word, MarkStyle).Width + (2 * padding));
        var left = (SlipDrawing.Width - width) / 2;
        var paper = new Raster(SlipDrawing.Width, text.Height + (2 * border));
        Copy(text, paper, Margin, border);
        paper.Fill(left, 0, width, border);
        paper.Fill(left, paper.Height - border, width, border);
        paper.Fill(left, 0, border, paper.Height);
        paper.Fill(left + width - border, 0, border, paper.Height);
        parts.Add(new SlipPart(paper, 1));
    }

    private static void Number(List<SlipPart> parts, string number)
    {
        const int width = SlipDrawing.Width / 2, widest = 216, largest = 108;
        if (number.Length == 0)
        {
            return;
        }

        var style = new TextStyle(largest, Bold: true, Lines: 1);
        var (measured, _) = TextBlock.Measure(number, style);
        if (measured > widest)
        {
            style = style with { Size = Math.Max(16, largest * widest / measured) };
        }

        parts.Add(new SlipPart(Cropped(TextBlock.Draw(number, width, style)), 2));
    }

    private static void Code(List<SlipPart> parts, string link)
    {
        const int width = SlipDrawing.Width / 2, largest = 132, module = 4;
        var symbol = QrSymbol.Of(link);
        var scale = Math.Clamp(largest / symbol.Size, 1, module);
        var left = (width - (symbol.Size * scale)) / 2;
        var paper = new Raster(width, symbol.Size * scale);
        for (var y = 0; y < symbol.Size; y++)
        {
            for (var x = 0; x < symbol.Size; x++)
            {
                if (symbol[x, y])
                {
                    paper.Fill(left + (x * scale), y * scale, scale, scale);
                }
            }
        }

        parts.Add(new SlipPart(paper, 2));
    }

    // A line's own space above capitals and below digits is a finger's breadth at this size: the rules give the room instead.
    private static Raster Cropped(Raster text)
    {
        int top = 0, bottom = text.Height;
        while (top < bottom && text.IsBlank(top))
        {
            top++;
        }

        while (bottom > top && text.IsBlank(bottom - 1))
        {
            bottom--;
        }

        var cropped = new Raster(text.Width, bottom - top);
        for (var y = top; y < bottom; y++)
        {
            for (var x = 0; x < text.Width; x++)
            {
                if (text[x, y])
                {
                    cropped[x, y - top] = true;
                }
            }
        }

        return cropped;
    }

    private static void Copy(Raster from, Raster to, int left, int top)
    {
        for (var y = 0; y < from.Height; y++)
        {
            for (var x = 0; x < from.Width; x++)
            {
                if (from[x, y])
                {
                    to[left + x, top + y] = true;
                }
            }
        }
    }
}
