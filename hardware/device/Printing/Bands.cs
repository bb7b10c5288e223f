using Reception.Slips;

namespace Reception.Device.Printing;

/// <summary>Rows of a slip that go to the printer as one command: a raster, or a feed.</summary>
/// <param name="Top">The first row.</param>
/// <param name="Rows">How many rows of the paper.</param>
/// <param name="Scale">1 where it is sent dot for dot, 2 where each dot sent stands for two by two.</param>
/// <param name="Left">The first byte column sent, of 8 dots times the scale.</param>
/// <param name="Width">Byte columns sent; 0 where the rows are white.</param>
internal readonly record struct Band(int Top, int Rows, int Scale, int Left, int Width)
{
    /// <summary>White rows are fed: there is nothing to send.</summary>
    public bool IsFed => Width == 0;
}

/// <summary>
/// Cuts a slip into bands so that the bytes sent are the fewest. White space, large shapes of doubled dots and the rows that
/// hold a few marks alone come out of the same sum as everything else. (Half of a slip of 37 KB was white.)
/// </summary>
internal sealed class Bands
{
    // GS v 0 with its six parameters, and the GS L before most of them.
    private const int Head = 12;

    // ESC J with its parameter.
    private const int Feed = 3;

    private readonly Raster dots;
    private readonly bool[] doubled;

    private Bands(Raster dots)
    {
        this.dots = dots;
        doubled = [.. Enumerable.Range(0, dots.Height).Select(IsDoubled)];
    }

    /// <summary>The bands of the rows from top to bottom; none is sent with more than the given rows, nor fed by more.</summary>
    public static IReadOnlyList<Band> Of(Raster dots, int top, int bottom, int highest, int longestFeed)
    {
        var cuts = new Bands(dots);
        var costs = new int[bottom - top + 1];
        var best = new Band[bottom - top];
        for (var y = bottom - 1; y >= top; y--)
        {
            costs[y - top] = int.MaxValue;
            foreach (var (band, cost) in cuts.From(y, bottom, highest, longestFeed))
            {
                var whole = cost + costs[y - top + band.Rows];
                if (whole < costs[y - top])
                {
                    (costs[y - top], best[y - top]) = (whole, band);
                }
            }
        }

        var bands = new List<Band>();
        for (var y = top; y < bottom; y += bands[^1].Rows)
        {
            bands.Add(best[y - top]);
        }

        return bands;
    }

    private IEnumerable<(Band Band, int Cost)> From(int top, int bottom, int highest, int longestFeed)
    {
        for (var y = top; y < Math.Min(bottom, top + longestFeed) && dots.Row(y).IndexOfAnyExcept((byte)0) < 0; y++)
        {
            yield return (new Band(top, y + 1 - top, Scale: 1, Left: 0, Width: 0), Feed);
        }

        for (var scale = 1; scale <= 2; scale++)
        {
            var (left, right) = (dots.Stride, 0);
            for (var sent = 1; sent <= highest && top + (sent * scale) <= bottom; sent++)
            {
                var y = top + ((sent - 1) * scale);
                if (scale == 2 && !(doubled[y] && dots.Row(y).SequenceEqual(dots.Row(y + 1))))
                {
                    break;
                }

                var row = dots.Row(y);
                if (row.IndexOfAnyExcept((byte)0) is >= 0 and var first)
                {
                    (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept((byte)0) + 1));
                }

                if (right > 0)
                {
                    var start = left / scale;
                    var width = ((right + scale - 1) / scale) - start;
                    yield return (new Band(top, sent * scale, scale, start, width), Head + (sent * width));
                }
            }
        }
    }

    // Every dot at an even place has its twin to the right.
    private bool IsDoubled(int y)
    {
        foreach (var cell in dots.Row(y))
        {
            if (((cell ^ (cell >> 1)) & 0x55) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
