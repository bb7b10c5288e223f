using System.Globalization;
using Reception.Protocol;
using Reception.Slips.Files;

namespace Reception.Slips;

/// <summary>
/// Lays a slip out for paper of 576 or 384 dots as a template says: every stacked Vietnamese mark stands as a type designer
/// drew it, with the same dots on every platform and printer. The number, the rules and the QR code are drawn at half resolution and
/// doubled: large shapes lose nothing by it and cost a quarter on the wire.
/// </summary>
public sealed class SlipLayout
{
    // 2 mm a side: cheap printers lose the outermost dots.
    private const int Margin = 16;

    private readonly int width;
    private readonly bool printerDrawsCode;
    private readonly SlipTemplate template;
    private readonly TextLayout text;
    private readonly SlipWords words;
    private readonly List<(Raster Part, PrinterCode? Code)> parts = [];

    private SlipLayout(SlipTemplate template, string language, int width, bool printerDrawsCode, SlipFonts fonts)
    {
        (this.template, this.width, this.printerDrawsCode, text) = (template, width, printerDrawsCode, new TextLayout(fonts));
        words = new SlipWords(language, template);
    }

    private int TextWidth => width - (2 * Margin);

    private bool IsNarrow => width < 576;

    /// <summary>Draws the slip. Control characters in its texts are left out; a text that its lines do not hold is set smaller.</summary>
    /// <param name="slip">What it says.</param>
    /// <param name="template">How it looks.</param>
    /// <param name="width">Dots across the paper: 576 or 384.</param>
    /// <param name="printerDrawsCode">Whether the QR code is left to the printer; else it is among the dots.</param>
    /// <exception cref="CheckedFileException">The fonts beside the program are missing or damaged.</exception>
    public static SlipDrawing Draw(Slip slip, SlipTemplate template, int width, bool printerDrawsCode = false) =>
        Draw(slip, template, width, printerDrawsCode, SlipFonts.Shipped);

    internal static SlipDrawing Draw(Slip slip, SlipTemplate template, int width, bool printerDrawsCode, SlipFonts fonts)
    {
        var layout = new SlipLayout(template, slip.Language, width, printerDrawsCode, fonts);
        layout.Add(slip);
        return layout.Join() with { Beep = template.Beep, OpenDrawer = template.OpenDrawer };
    }

    private void Add(Slip slip)
    {
        Blank(8);
        if (slip.Copy)
        {
            Mark(words["Copy"]);
            Blank(8);
        }

        Head(slip);
        Rule();
        Blank(6);
        Number(PlainText.Of(slip.Number, maximum: 8));
        Blank(12);
        Service(slip);
        if (Shows(SlipField.Lane))
        {
            Lane(slip);
        }

        if (Shows(SlipField.Wait) && slip.Wait.IsHeldUp)
        {
            Blank(8);
            Text(words.Wait(slip.Wait), new TextStyle(Scaled(template.Sizes.Facts), Bold: true));
        }

        Facts(slip);
        if (Shows(SlipField.Code) && QrSymbol.Scannable(slip.Link) is { } link)
        {
            Rule();
            Code(link);
            Blank(8);
            Text(words["Scan"], new TextStyle(Scaled(template.Sizes.Small)));
        }

        if (Shows(SlipField.Forward) && slip.ForwardNextDayAfter is { } line)
        {
            Rule();
            Text(words.Format("Forward", PlainText.Of(line, maximum: 8)), new TextStyle(Scaled(template.Sizes.Small), Bold: true));
        }

        Foot(slip);
        Blank(16);
    }

    private void Head(Slip slip)
    {
        if (template.Logo is { } logo)
        {
            Centred(logo.Dots);
            Blank(8);
        }

        foreach (var line in template.Header)
        {
            Text(Filled(line, slip), new TextStyle(Scaled(template.Sizes.Header), Bold: true, Lines: 4));
        }
    }

    private void Foot(Slip slip)
    {
        if (template.Footer.Count > 0)
        {
            Rule();
        }

        foreach (var line in template.Footer)
        {
            Text(Filled(line, slip), new TextStyle(Scaled(template.Sizes.Small)));
        }
    }

    private void Service(Slip slip)
    {
        var english = slip.ServiceEnglish is { Length: > 0 } name ? name : null;
        var (first, second) = slip.Language == "en" && english is not null ? (english, slip.Service) : (slip.Service, english);
        if (Shows(SlipField.Service))
        {
            Text(first, new TextStyle(Scaled(template.Sizes.Service), Bold: true));
        }

        if (second is not null && Shows(SlipField.English))
        {
            Text(second, new TextStyle(Scaled(template.Sizes.English)));
        }

        if (slip.Then is { Length: > 0 } then && Shows(SlipField.Service))
        {
            Text(words.Format("Then", then), new TextStyle(Scaled(template.Sizes.English), Bold: true));
        }
    }

    private void Lane(Slip slip)
    {
        if (slip.BookedAt is { } booked)
        {
            Blank(8);
            Mark(words.Format("Booked", booked.ToString("HH:mm", CultureInfo.InvariantCulture)));
        }

        if (slip.Priority)
        {
            Blank(8);
            Mark(words["Priority"]);
        }
    }

    private void Facts(Slip slip)
    {
        var facts = new List<(string Label, string Value)>();
        if (Shows(SlipField.Ahead))
        {
            facts.Add((words["Ahead"], words.Ahead(slip.Ahead)));
        }

        if (Shows(SlipField.Wait) && slip.Wait is { Kind: not WaitKind.Unknown, IsHeldUp: false } wait)
        {
            facts.Add((words["Wait"], words.Wait(wait)));
        }

        if (Shows(SlipField.IssuedAt))
        {
            facts.Add((words["IssuedAt"], slip.IssuedAt.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture)));
        }

        if (facts.Count > 0)
        {
            Rule();
            Table(facts);
        }
    }

    private bool Shows(SlipField field) => template.Fields.Contains(field);

    private int Scaled(int size) => IsNarrow ? Math.Max(TextLayout.SmallestSize, size * 5 / 6) : size;

    private static string Filled(string line, Slip slip) => line.Replace("{hall}", slip.Hall, StringComparison.Ordinal);

    private void Add(Raster part, PrinterCode? code = null) => parts.Add((part, code));

    private void Blank(int rows) => Add(new Raster(width, rows));

    private void Centred(Raster part)
    {
        var paper = new Raster(width, part.Height);
        // An even place: doubled dots stay doubled on the paper's own raster.
        paper.Paste(part, (width - part.Width) / 4 * 2, 0);
        Add(paper);
    }

    private void Text(string words, TextStyle style)
    {
        var plain = PlainText.Of(words);
        if (plain.Length > 0)
        {
            Centred(text.Draw(plain, TextWidth, style));
        }
    }

    // Labels and values side by side, in the middle of the paper: values at its edge would send all the white between them.
    private void Table(IReadOnlyList<(string Label, string Value)> facts)
    {
        var gap = IsNarrow ? 12 : 24;
        var size = Scaled(template.Sizes.Facts);
        var (label, value, labels, values) = Columns(facts, size);
        while (size > TextLayout.SmallestSize && labels + gap + values > TextWidth)
        {
            (label, value, labels, values) = Columns(facts, --size);
        }

        // A ward's own words can be too long for any size: a number says more than its label.
        values = Math.Min(values, TextWidth * 2 / 3);
        labels = Math.Min(labels, TextWidth - gap - values);
        // Where a byte of the printer's row begins.
        var left = (((TextWidth - labels - gap - values) / 2) + 4) & ~7;
        foreach (var fact in facts)
        {
            var (first, second) = (text.Draw(fact.Label, TextWidth - gap - values, label), text.Draw(fact.Value, values, value));
            var paper = new Raster(width, Math.Max(first.Height, second.Height));
            paper.Paste(first, Margin + left, paper.Height - first.Height);
            paper.Paste(second, Margin + left + labels + gap, paper.Height - second.Height);
            Add(paper);
        }
    }

    private (TextStyle Label, TextStyle Value, int Labels, int Values) Columns(IReadOnlyList<(string Label, string Value)> facts, int size)
    {
        var label = new TextStyle(size, Alignment: Alignment.Left, Lines: 1);
        var value = label with { Bold = true };
        return (label, value, facts.Max(fact => text.Measure(fact.Label, label)), facts.Max(fact => text.Measure(fact.Value, value)));
    }

    private void Rule()
    {
        const int dash = 6, gap = 4;
        var line = new Raster(TextWidth / 2, 1);
        var dashes = (line.Width + gap) / (dash + gap);
        var left = (line.Width + gap - (dashes * (dash + gap))) / 2;
        for (var i = 0; i < dashes; i++)
        {
            line.Fill(left + (i * (dash + gap)), 0, dash, 1);
        }

        Blank(12);
        Centred(line.Doubled());
        Blank(12);
    }

    private void Mark(string word)
    {
        const int border = 4, padding = 20;
        var style = new TextStyle(Scaled(32), Bold: true, Lines: 1);
        var mark = text.Draw(PlainText.Of(word), TextWidth - (2 * padding), style).Cropped();
        // An even width: the rows without letters are doubled dots.
        var box = new Raster(((mark.Width + 1) & ~1) + (2 * (border + padding)), mark.Height + (2 * (border + 8)));
        box.Paste(mark, border + padding, border + 8);
        box.Fill(0, 0, box.Width, border);
        box.Fill(0, box.Height - border, box.Width, border);
        box.Fill(0, 0, border, box.Height);
        box.Fill(box.Width - border, 0, border, box.Height);
        Centred(box);
    }

    private void Number(string number)
    {
        if (number.Length == 0)
        {
            return;
        }

        var widest = width * 9 / 25;
        var style = new TextStyle(template.Sizes.Number * width / 576 / 2, Bold: true, Lines: 1);
        if (text.Measure(number, style) is var measured && measured > widest)
        {
            style = style with { Size = Math.Max(16, style.Size * widest / measured) };
        }

        // A line's own space above capitals and below digits is a finger's breadth at this size: the rules give the room instead.
        Centred(text.Draw(number, TextWidth / 2, style).Cropped().Doubled());
    }

    private void Code(string link)
    {
        var symbol = QrSymbol.Of(link);
        // 0.75 mm a module, 0.5 on narrow paper, where the symbol fits: a telephone reads half of that from a hand's breadth.
        var module = Math.Clamp(TextWidth / 2 / symbol.Size, 1, IsNarrow ? 2 : 3);
        if (printerDrawsCode)
        {
            var size = symbol.Size * module * 2;
            Add(new Raster(width, size), new PrinterCode(link, (width - size) / 4 * 2, 0, size, module * 2));
            return;
        }

        Centred(symbol.Draw(module).Doubled());
    }

    private SlipDrawing Join()
    {
        var paper = new Raster(width, parts.Sum(part => part.Part.Height));
        PrinterCode? own = null;
        var top = 0;
        foreach (var (part, code) in parts)
        {
            paper.Paste(part, 0, top);
            own = code is null ? own : code with { Top = top };
            top += part.Height;
        }

        return new SlipDrawing(paper, own);
    }
}
