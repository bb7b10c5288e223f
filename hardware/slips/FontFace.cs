using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using HarfBuzzSharp;
using SkiaSharp;

namespace Reception.Slips;

/// <summary>A glyph of a text, placed by the shaper.</summary>
/// <param name="Face">The font that it is of.</param>
/// <param name="Id">Its number in that font.</param>
/// <param name="Cluster">Where the letters that it stands for begin in the text.</param>
/// <param name="Advance">How far the pen moves, in units of <see cref="FontFace.Em"/>.</param>
/// <param name="X">How far right of the pen it stands, in the same units.</param>
/// <param name="Y">How far above the baseline it stands.</param>
internal readonly record struct Glyph(FontFace Face, ushort Id, int Cluster, int Advance, int X, int Y);

/// <summary>A glyph's dots at one size.</summary>
/// <param name="Dots">The dots, without white around them.</param>
/// <param name="Left">From the pen to the first column.</param>
/// <param name="Top">From the baseline down to the first row: negative for what stands on it.</param>
internal sealed record GlyphDots(Raster Dots, int Left, int Top);

/// <summary>
/// One font file: HarfBuzz shapes with it, Skia fills its outlines. The outlines are taken from the file, without hints, and placed on
/// whole dots, so that no platform's text renderer has a say and the dots are the same everywhere.
/// </summary>
internal sealed class FontFace : IDisposable
{
    /// <summary>Units of a shaped text in the font's size.</summary>
    public const int Em = 64_000;

    // OpenType: the sum of all 32-bit words of a font file.
    private const uint WholeFile = 0xB1B0AFBA;

    // A dot is black from 7 of its 16 parts on: thin strokes of marks stay whole at 203 dots an inch.
    private const int Parts = 4;
    private const int Enough = 7;

    // The glyph that stands for a letter which the font lacks. Not every font draws one.
    private const int Missing = 0;

    // A hall prints some hundred glyphs; somebody who tries one template after the other draws any number.
    private const int MostKept = 4096;

    private static readonly Language Vietnamese = new("vi");

    private readonly GlyphOutlines _outlines;
    // HarfBuzz reads it where it lies, as long as the font is used: it is pinned and must not be collected.
    private readonly byte[] _file;
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly Font _shaper;
    private readonly ConcurrentDictionary<(int Size, ushort Id), GlyphDots?> _kept = new();

    private FontFace(byte[] file)
    {
        _outlines = new GlyphOutlines(file);
        _file = file;
        _blob = new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(_file, 0), file.Length, MemoryMode.ReadOnly);
        _face = new Face(_blob, 0);
        _shaper = new Font(_face);
        _shaper.SetScale(Em, Em);
        _shaper.TryGetHorizontalFontExtents(out var extents);
        (Ascent, Descent) = (extents.Ascender, -extents.Descender);
    }

    /// <summary>How many glyphs the font has.</summary>
    public int Glyphs => _outlines.Count;

    /// <summary>Room above the baseline.</summary>
    public int Ascent { get; }

    /// <summary>Room below the baseline.</summary>
    public int Descent { get; }

    /// <summary>Reads a font file.</summary>
    /// <exception cref="InvalidDataException">It is not a whole TrueType font.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FontFace Read(string path)
    {
        using var stream = File.OpenRead(path);
        var file = GC.AllocateUninitializedArray<byte>(checked((int)stream.Length), pinned: true);
        stream.ReadExactly(file);
        return Sum(file) == WholeFile ? new FontFace(file) : throw new InvalidDataException("it is not a whole TrueType font");
    }

    /// <summary>Whether the font has the letter.</summary>
    public bool Has(int letter) => _shaper.TryGetNominalGlyph(letter, out _);

    /// <summary>Shapes a part of a text; what stands around it is taken into account.</summary>
    public void Shape(string text, int start, int length, List<Glyph> into)
    {
        using var buffer = new HarfBuzzSharp.Buffer { Direction = Direction.LeftToRight, Language = Vietnamese };
        buffer.AddUtf16(text, start, length);
        buffer.GuessSegmentProperties();
        _shaper.Shape(buffer);
        var glyphs = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        for (var i = 0; i < glyphs.Length; i++)
        {
            var place = places[i];
            var advance = glyphs[i].Codepoint == Missing ? Em * 3 / 5 : place.XAdvance;
            into.Add(new Glyph(this, (ushort)glyphs[i].Codepoint, (int)glyphs[i].Cluster, advance, place.XOffset, place.YOffset));
        }
    }

    /// <summary>The dots of a glyph; null for one without, such as a space.</summary>
    public GlyphDots? Dots(int size, ushort id)
    {
        if (_kept.TryGetValue((size, id), out var dots))
        {
            return dots;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[(size, id)] = Draw(size, id);
    }

    /// <summary>Lets go of the font.</summary>
    public void Dispose()
    {
        _shaper.Dispose();
        _face.Dispose();
        _blob.Dispose();
    }

    private GlyphDots? Draw(int size, ushort id)
    {
        if (id == Missing)
        {
            return Box(size);
        }

        using var outline = Outline(size, id);
        var bounds = outline.Bounds;
        var (left, top) = ((int)Math.Floor(bounds.Left / Parts), (int)Math.Floor(bounds.Top / Parts));
        var (width, height) = ((int)Math.Ceiling(bounds.Right / Parts) - left, (int)Math.Ceiling(bounds.Bottom / Parts) - top);
        if (width <= 0 || height <= 0)
        {
            return null;
        }

        using var picture = new SKBitmap(new SKImageInfo(width * Parts, height * Parts, SKColorType.Alpha8, SKAlphaType.Premul));
        picture.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(picture))
        using (var ink = new SKPaint { IsAntialias = false })
        {
            canvas.Translate(-left * Parts, -top * Parts);
            canvas.DrawPath(outline, ink);
        }

        var parts = picture.GetPixelSpan();
        var stride = picture.RowBytes;
        var dots = new Raster(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var black = 0;
                for (var i = 0; i < Parts * Parts; i++)
                {
                    black += parts[(((y * Parts) + (i / Parts)) * stride) + (x * Parts) + (i % Parts)] != 0 ? 1 : 0;
                }

                dots[x, y] = black >= Enough;
            }
        }

        return new GlyphDots(dots, left, top);
    }

    private static GlyphDots Box(int size)
    {
        const int border = 2;
        var box = new Raster(size / 2, size * 7 / 10);
        box.Fill(0, 0, box.Width, border);
        box.Fill(0, box.Height - border, box.Width, border);
        box.Fill(0, 0, border, box.Height);
        box.Fill(box.Width - border, 0, border, box.Height);
        return new GlyphDots(box, size / 20, -box.Height);
    }

    private SKPath Outline(int size, ushort id)
    {
        using var path = new SKPathBuilder();
        foreach (var contour in _outlines.Contours(id).Where(contour => contour.Count > 0))
        {
            // A curve that begins off its line begins in the middle before its first point.
            var start = contour[0].IsOn ? Place(contour[0]) : Between(contour[^1], contour[0]);
            path.MoveTo(start);
            for (var i = 0; i < contour.Count; i++)
            {
                var (point, next) = (contour[i], contour[(i + 1) % contour.Count]);
                if (!point.IsOn)
                {
                    path.QuadTo(Place(point), next.IsOn ? Place(next) : Between(point, next));
                }
                else if (next.IsOn)
                {
                    path.LineTo(Place(next));
                }
            }

            path.Close();
        }

        return path.Detach();

        SKPoint Place(OutlinePoint point) => new(InParts(2 * point.X), InParts(-2 * point.Y));

        SKPoint Between(OutlinePoint one, OutlinePoint other) =>
            one.IsOn ? Place(one) : new SKPoint(InParts(one.X + other.X), InParts(-(one.Y + other.Y)));

        // From half units to parts of dots. Skia rounds to 1/64 before it fills: what is given in 1/64 is filled alike by every processor.
        float InParts(int halfUnits) => (float)Math.Round(halfUnits * (double)(size * Parts * 64) / (2 * _outlines.UnitsPerEm)) / 64;
    }

    private static uint Sum(ReadOnlySpan<byte> file)
    {
        var sum = 0u;
        for (; file.Length >= sizeof(uint); file = file[sizeof(uint)..])
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(file);
        }

        Span<byte> rest = [0, 0, 0, 0];
        file.CopyTo(rest);
        return sum + BinaryPrimitives.ReadUInt32BigEndian(rest);
    }
}
