namespace Reception.Slips;

/// <summary>How a text lies on the paper.</summary>
internal enum Alignment
{
    Left,
    Centre,
}

/// <summary>How a text is set.</summary>
/// <param name="Size">The font's size in dots.</param>
/// <param name="Bold">Whether it is bold.</param>
/// <param name="Alignment">Where it lies in its width.</param>
/// <param name="Lines">The most lines; what is longer is set smaller.</param>
internal sealed record TextStyle(int Size, bool Bold = false, Alignment Alignment = Alignment.Centre, int Lines = 3);

/// <summary>Sets text in lines and draws it: shaped, wrapped, and made smaller until it fits.</summary>
internal sealed class TextLayout(SlipFonts fonts)
{
    /// <summary>2.75 mm of body at 203 dots an inch: below it stacked marks run together.</summary>
    public const int SmallestSize = 22;

    // A line is 1.35 of its size high, and more where the marks of two lines would touch.
    private const int LineHeight = FontFace.Em * 27 / 20;

    /// <summary>
    /// Draws a text. The raster is as high as the lines and their marks together, so that no mark is cut. A text that its
    /// lines do not hold is set smaller, and one that even the smallest size does not hold ends in an ellipsis.
    /// </summary>
    public Raster Draw(string text, int width, TextStyle style)
    {
        var clusters = Shape(text, style.Bold);
        var size = style.Size;
        var lines = Wrap(text, clusters, width, size);
        while (lines.Count > style.Lines && size > SmallestSize)
        {
            lines = Wrap(text, clusters, width, --size);
        }

        if (lines.Count > style.Lines)
        {
            lines = [.. lines.Take(style.Lines)];
            lines[^1] = Shortened(lines[^1], Shape("…", style.Bold), width, size);
        }
        else if (lines.Count > 1 && style.Alignment == Alignment.Centre)
        {
            lines = Balanced(text, clusters, width, size, lines);
        }

        return Draw([.. lines.Select(line => new Line(line, size))], width, style.Alignment);
    }

    /// <summary>The width in dots that a text needs to stand on one line.</summary>
    public int Measure(string text, TextStyle style)
    {
        var clusters = Shape(text, style.Bold);
        var line = new Line(clusters, style.Size);
        var advance = clusters.Sum(cluster => (long)cluster.Advance) * style.Size;
        return Math.Max((int)((advance + FontFace.Em - 1) / FontFace.Em), line.Right - Math.Min(0, line.Left));
    }

    private static Raster Draw(IReadOnlyList<Line> lines, int width, Alignment alignment)
    {
        // From the first baseline down to each one.
        var baselines = new int[lines.Count];
        for (var i = 1; i < lines.Count; i++)
        {
            baselines[i] = baselines[i - 1] + Math.Max(lines[i].Height, lines[i - 1].Bottom - lines[i].Top + 1);
        }

        var top = lines.Select((line, i) => baselines[i] + Math.Min(line.Top, -line.Ascent)).DefaultIfEmpty().Min();
        var bottom = lines.Select((line, i) => baselines[i] + Math.Max(line.Bottom, line.Descent)).DefaultIfEmpty().Max();
        var drawn = new Raster(Math.Max(width, lines.Select(line => line.Right - line.Left).DefaultIfEmpty().Max()), bottom - top);
        foreach (var (line, baseline) in lines.Zip(baselines))
        {
            // Where a mark reaches over the edge of the text, the line gives way.
            var start = alignment == Alignment.Left ? 0 : Centred(line, width);
            start = Math.Max(-line.Left, Math.Min(start, drawn.Width - line.Right));
            foreach (var (dots, x, y) in line.Ink)
            {
                drawn.Paste(dots, start + x, baseline - top + y);
            }
        }

        return drawn;
    }

    // Of the places within 4 dots of the middle, the nearest one where the line takes the fewest bytes of a printer's row.
    private static int Centred(Line line, int width)
    {
        var middle = (width - line.Width) / 2;
        return new[] { 0, 1, -1, 2, -2, 3, -3, 4, -4 }.Select(shift => middle + shift).MinBy(start => ((start + line.Right + 7) >> 3) - ((start + line.Left) >> 3));
    }

    // In the order of the text, each letter with its marks; a syllable where the script joins letters to one.
    private List<Cluster> Shape(string text, bool bold)
    {
        var faces = fonts.Faces(bold);
        var glyphs = new List<Glyph>();
        for (var (start, end) = (0, 0); start < text.Length; start = end)
        {
            var face = FaceOf(text, start, faces, null, out end);
            while (end < text.Length && FaceOf(text, end, faces, face, out var next) == face)
            {
                end = next;
            }

            face.Shape(text, start, end - start, glyphs);
        }

        var clusters = new List<Cluster>();
        for (var (first, next) = (0, 0); first < glyphs.Count; first = next)
        {
            for (next = first + 1; next < glyphs.Count && glyphs[next].Cluster == glyphs[first].Cluster;)
            {
                next++;
            }

            clusters.Add(new Cluster(glyphs[first].Cluster, glyphs.GetRange(first, next - first)));
        }

        return clusters;
    }

    // A space, a digit or a comma stays in the font of what stands before it.
    private static FontFace FaceOf(string text, int at, IReadOnlyList<FontFace> faces, FontFace? before, out int end)
    {
        var letter = char.ConvertToUtf32(text, at);
        end = at + (letter > char.MaxValue ? 2 : 1);
        return before is not null && !char.IsLetter(text, at) && before.Has(letter)
            ? before
            : faces.FirstOrDefault(face => face.Has(letter)) ?? before ?? faces[0];
    }

    // Between words, after a dash, and inside a word that is wider than the paper.
    private static List<IReadOnlyList<Cluster>> Wrap(string text, List<Cluster> clusters, int width, int size)
    {
        var lines = new List<IReadOnlyList<Cluster>>();
        var limit = (long)width * FontFace.Em;
        for (var (start, end) = (0, 0); start < clusters.Count; start = end)
        {
            var (advance, last) = (0L, -1);
            for (end = start; end < clusters.Count; end++)
            {
                var cluster = clusters[end];
                if (IsSpace(cluster))
                {
                    last = end;
                }
                else if ((advance + cluster.Advance) * size > limit && end > start)
                {
                    break;
                }

                advance += cluster.Advance;
                if (text[cluster.Start] is '-' or '–' or '—' && (advance * size) <= limit)
                {
                    last = end;
                }
            }

            if (end < clusters.Count && last >= start)
            {
                end = last + 1;
            }

            lines.Add(clusters.GetRange(start, end - start));
        }

        return lines;

        bool IsSpace(Cluster cluster) => text[cluster.Start] == ' ';
    }

    // The narrowest lines that are as many: no word is left alone on the last one.
    private static List<IReadOnlyList<Cluster>> Balanced(
        string text, List<Cluster> clusters, int width, int size, List<IReadOnlyList<Cluster>> lines)
    {
        for (var (low, high) = (width / lines.Count, width); low < high;)
        {
            var middle = (low + high) / 2;
            var narrower = Wrap(text, clusters, middle, size);
            (low, high) = narrower.Count > lines.Count ? (middle + 1, high) : (low, middle);
            lines = narrower.Count > lines.Count ? lines : narrower;
        }

        return lines;
    }

    private static List<Cluster> Shortened(IReadOnlyList<Cluster> line, List<Cluster> ellipsis, int width, int size)
    {
        var rest = line.ToList();
        while (rest.Count > 0 && rest.Concat(ellipsis).Sum(cluster => (long)cluster.Advance) * size > (long)width * FontFace.Em)
        {
            rest.RemoveAt(rest.Count - 1);
        }

        return [.. rest, .. ellipsis];
    }

    private static int Dots(long units, int size) => (int)Math.Floor((((double)units * size) / FontFace.Em) + 0.5);

    /// <summary>The glyphs of letters that no line parts.</summary>
    private sealed record Cluster(int Start, IReadOnlyList<Glyph> Glyphs)
    {
        public int Advance { get; } = Glyphs.Sum(glyph => glyph.Advance);
    }

    /// <summary>A line as drawn, from its own pen and baseline, without the spaces at its end.</summary>
    private sealed class Line
    {
        public Line(IReadOnlyList<Cluster> clusters, int size)
        {
            var (pen, end) = (0L, 0L);
            var ink = new List<(Raster Dots, int X, int Y)>();
            foreach (var glyph in clusters.SelectMany(cluster => cluster.Glyphs))
            {
                var dots = glyph.Face.Dots(size, glyph.Id);
                if (dots is not null)
                {
                    ink.Add((dots.Dots, Dots(pen + glyph.X, size) + dots.Left, dots.Top - Dots(glyph.Y, size)));
                    end = pen + glyph.Advance;
                }

                pen += glyph.Advance;
                Ascent = Math.Max(Ascent, Dots(glyph.Face.Ascent, size));
                Descent = Math.Max(Descent, Dots(glyph.Face.Descent, size));
            }

            var leading = Math.Max(0, Dots(LineHeight, size) - Ascent - Descent);
            (Ascent, Descent) = (Ascent + (leading / 2), Descent + leading - (leading / 2));
            (Ink, Width) = (ink, Dots(end, size));
            if (ink.Count > 0)
            {
                (Left, Right) = (ink.Min(part => part.X), ink.Max(part => part.X + part.Dots.Width));
                (Top, Bottom) = (ink.Min(part => part.Y), ink.Max(part => part.Y + part.Dots.Height));
            }
        }

        public IReadOnlyList<(Raster Dots, int X, int Y)> Ink { get; }

        public int Width { get; }

        public int Height => Ascent + Descent;

        public int Ascent { get; }

        public int Descent { get; }

        public int Left { get; }

        public int Right { get; }

        public int Top { get; }

        public int Bottom { get; }
    }
}
