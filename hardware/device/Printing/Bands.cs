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
    private const int FeedCost = 3;

    private readonly int stride;

    // Of each row, the first byte column with ink and the one after the last; of a white row, the last is 0.
    private readonly int[] lefts;
    private readonly int[] rights;

    // Whether a row is of doubled dots and the next one is the same.
    private readonly bool[] twins;

    private Bands(Raster dots)
    {
        stride = dots.Stride;
        (lefts, rights, twins) = (new int[dots.Height], new int[dots.Height], new bool[dots.Height]);
        for (var y = 0; y < dots.Height; y++)
        {
            var row = dots.Row(y);
            (lefts[y], rights[y]) = (row.IndexOfAnyExcept((byte)0), row.LastIndexOfAnyExcept((byte)0) + 1);
            twins[y] = y + 1 < dots.Height && row.SequenceEqual(dots.Row(y + 1)) && IsDoubled(row);
        }
    }

    /// <summary>The bands of the rows from top to bottom; none is sent with more than the given rows, nor fed by more.</summary>
    public static IReadOnlyList<Band> Of(Raster dots, int top, int bottom, int highest, int longestFeed)
    {
        var cuts = new Bands(dots);
        // Of each row, what all from it to the bottom costs, and the band that it begins with.
        var costs = new int[bottom - top + 1];
        var best = new Band[bottom - top];
        for (var y = bottom - 1; y >= top; y--)
        {
            costs[y - top] = int.MaxValue;
            cuts.Feed(y, top, Math.Min(bottom, y + longestFeed), costs, best);
            cuts.Send(y, top, Math.Min(bottom, y + highest), 1, costs, best);
            cuts.Send(y, top, Math.Min(bottom, y + (2 * highest)), 2, costs, best);
        }

        var bands = new List<Band>();
        for (var y = top; y < bottom; y += bands[^1].Rows)
        {
            bands.Add(best[y - top]);
        }

        return bands;
    }

    private void Feed(int from, int top, int bottom, int[] costs, Band[] best)
    {
        for (var y = from; y < bottom && rights[y] == 0; y++)
        {
            if (FeedCost + costs[y + 1 - top] is var cost && cost < costs[from - top])
            {
                (costs[from - top], best[from - top]) = (cost, new Band(from, y + 1 - from, Scale: 1, Left: 0, Width: 0));
            }
        }
    }

    private void Send(int from, int top, int bottom, int scale, int[] costs, Band[] best)
    {
        var (left, right) = (stride, 0);
        for (var y = from; y + scale <= bottom && (scale == 1 || twins[y]); y += scale)
        {
            if (rights[y] > 0)
            {
                (left, right) = (Math.Min(left, lefts[y]), Math.Max(right, rights[y]));
            }

            if (right == 0)
            {
                continue;
            }

            var (start, next) = (left / scale, y + scale);
            var width = ((right + scale - 1) / scale) - start;
            if (Head + ((next - from) / scale * width) + costs[next - top] is var cost && cost < costs[from - top])
            {
                (costs[from - top], best[from - top]) = (cost, new Band(from, next - from, scale, start, width));
            }
        }
    }

    // Every dot at an even place has its twin to the right.
    private static bool IsDoubled(ReadOnlySpan<byte> row)
    {
        foreach (var cell in row)
        {
            if (((cell ^ (cell >> 1)) & 0x55) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
