using System.Buffers.Binary;

namespace Reception.Slips;

/// <summary>A point of an outline, in the font's units; between two points that are not on it, a curve has its middle on it.</summary>
internal readonly record struct OutlinePoint(int X, int Y, bool IsOn);

/// <summary>
/// The outlines of a TrueType font, by OpenType's tables <c>head</c>, <c>maxp</c>, <c>loca</c> and <c>glyf</c>. They are read here because Windows
/// and Linux hand a program outlines that their text renderers have rounded or hinted, each in its own way.
/// </summary>
internal sealed class GlyphOutlines
{
    private const int ShortLocations = 0;

    // Flags of a point.
    private const int OnCurve = 1;
    private const int ShortX = 2;
    private const int ShortY = 4;
    private const int Repeated = 8;
    private const int SameOrPositiveX = 16;
    private const int SameOrPositiveY = 32;

    // Flags of a part of a compound glyph.
    private const int Words = 1;
    private const int Offsets = 2;
    private const int Scaled = 0x08 | 0x40 | 0x80;
    private const int More = 0x20;

    private readonly byte[] _file;
    private readonly int _glyphs;
    private readonly int _locations;
    private readonly bool _hasShortLocations;

    /// <summary>Takes a font file apart.</summary>
    /// <exception cref="InvalidDataException">It is not a TrueType font.</exception>
    public GlyphOutlines(byte[] file)
    {
        _file = file;
        var head = Table("head", atLeast: 54);
        UnitsPerEm = Word(head + 18);
        _hasShortLocations = Word(head + 50) == ShortLocations;
        Count = Word(Table("maxp", atLeast: 6) + 4);
        _locations = Table("loca", atLeast: (Count + 1) * (_hasShortLocations ? 2 : 4));
        _glyphs = Table("glyf", atLeast: 0);
    }

    /// <summary>The font's units in its size.</summary>
    public int UnitsPerEm { get; }

    /// <summary>How many glyphs the font has.</summary>
    public int Count { get; }

    /// <summary>The closed lines of a glyph; none for a space.</summary>
    public IReadOnlyList<IReadOnlyList<OutlinePoint>> Contours(int glyph)
    {
        var contours = new List<IReadOnlyList<OutlinePoint>>();
        Add(glyph, 0, 0, contours);
        return contours;
    }

    private void Add(int glyph, int x, int y, List<IReadOnlyList<OutlinePoint>> contours)
    {
        var (start, end) = (Location(glyph), Location(glyph + 1));
        if (start == end)
        {
            return;
        }

        var at = _glyphs + start;
        var count = Signed(at);
        if (count < 0)
        {
            AddParts(at + 10, x, y, contours);
        }
        else
        {
            AddContours(at + 10, count, x, y, contours);
        }
    }

    private void AddParts(int at, int x, int y, List<IReadOnlyList<OutlinePoint>> contours)
    {
        for (var flags = More; (flags & More) != 0;)
        {
            flags = Word(at);
            if ((flags & Offsets) == 0 || (flags & Scaled) != 0)
            {
                throw new InvalidDataException("the parts of a glyph are scaled or placed by points, which is not supported");
            }

            var (right, up) = (flags & Words) != 0 ? (Signed(at + 4), Signed(at + 6)) : ((sbyte)_file[at + 4], (sbyte)_file[at + 5]);
            Add(Word(at + 2), x + right, y + up, contours);
            at += (flags & Words) != 0 ? 8 : 6;
        }
    }

    private void AddContours(int at, int count, int x, int y, List<IReadOnlyList<OutlinePoint>> contours)
    {
        var ends = Enumerable.Range(0, count).Select(contour => Word(at + (2 * contour)) + 1).ToArray();
        at += 2 * count;
        at += 2 + Word(at);
        var flags = new byte[ends.LastOrDefault()];
        for (var point = 0; point < flags.Length;)
        {
            var flag = _file[at++];
            var times = (flag & Repeated) != 0 ? _file[at++] + 1 : 1;
            flags.AsSpan(point, times).Fill(flag);
            point += times;
        }

        var across = Coordinates(flags, ShortX, SameOrPositiveX, x, ref at);
        var up = Coordinates(flags, ShortY, SameOrPositiveY, y, ref at);
        var points = flags.Select((flag, point) => new OutlinePoint(across[point], up[point], (flag & OnCurve) != 0)).ToArray();
        for (var (contour, first) = (0, 0); contour < count; first = ends[contour++])
        {
            contours.Add(points[first..ends[contour]]);
        }
    }

    // Each is the step from the point before: a byte with its sign among the flags, a word, or nothing.
    private int[] Coordinates(byte[] flags, int isByte, int sameOrPositive, int from, ref int at)
    {
        var coordinates = new int[flags.Length];
        for (var point = 0; point < flags.Length; point++)
        {
            if ((flags[point] & isByte) != 0)
            {
                from += (flags[point] & sameOrPositive) != 0 ? _file[at] : -_file[at];
                at++;
            }
            else if ((flags[point] & sameOrPositive) == 0)
            {
                from += Signed(at);
                at += 2;
            }

            coordinates[point] = from;
        }

        return coordinates;
    }

    private int Location(int glyph) => _hasShortLocations
        ? 2 * Word(_locations + (2 * glyph))
        : BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(_locations + (4 * glyph)));

    private int Table(string name, int atLeast)
    {
        const int directory = 12, entry = 16;
        for (var at = directory; at + entry <= _file.Length && at < directory + (entry * Word(4)); at += entry)
        {
            var (start, length) = (BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at + 8)), BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at + 12)));
            if (_file.AsSpan(at, 4).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(name)) && length >= atLeast && start + (long)length <= _file.Length)
            {
                return (int)start;
            }
        }

        throw new InvalidDataException($"it has no table {name}");
    }

    private int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private int Signed(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));
}
