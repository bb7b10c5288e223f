using System.Numerics;

namespace Reception.Slips;

/// <summary>A picture of one bit a dot, as a receipt printer takes it: 1 is black, the leftmost dot is the highest bit.</summary>
public sealed class Raster
{
    private readonly byte[] bits;

    /// <summary>A white raster.</summary>
    /// <param name="width">Dots, at least 1.</param>
    /// <param name="height">Dots, at least 0.</param>
    public Raster(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        Width = width;
        Height = height;
        Stride = (width + 7) / 8;
        bits = new byte[Stride * height];
    }

    /// <summary>Dots across.</summary>
    public int Width { get; }

    /// <summary>Dots down.</summary>
    public int Height { get; }

    /// <summary>Bytes a row.</summary>
    public int Stride { get; }

    /// <summary>Whether the dot is black.</summary>
    public bool this[int x, int y]
    {
        get => (bits[(y * Stride) + (x >> 3)] & (0x80 >> (x & 7))) != 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width);
            var mask = (byte)(0x80 >> (x & 7));
            ref var cell = ref bits[(y * Stride) + (x >> 3)];
            cell = value ? (byte)(cell | mask) : (byte)(cell & ~mask);
        }
    }

    /// <summary>One row's bytes.</summary>
    public ReadOnlySpan<byte> Row(int y) => bits.AsSpan(y * Stride, Stride);

    /// <summary>Whether every dot of the row is white.</summary>
    public bool IsBlank(int y) => Row(y).IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Blackens a rectangle, in dots.</summary>
    public void Fill(int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
        {
            for (var x = left; x < left + width; x++)
            {
                this[x, y] = true;
            }
        }
    }

    /// <summary>Blackens what is black in another, whose upper left corner comes to the given place.</summary>
    public void Paste(Raster other, int left, int top)
    {
        for (var y = 0; y < other.Height; y++)
        {
            var row = other.Row(y);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] != 0)
                {
                    Blacken(row[i], left + (8 * i), top + y);
                }
            }
        }
    }

    /// <summary>The same at twice the size.</summary>
    public Raster Doubled()
    {
        var doubled = new Raster(2 * Width, 2 * Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (this[x, y])
                {
                    doubled.Fill(2 * x, 2 * y, 2, 2);
                }
            }
        }

        return doubled;
    }

    /// <summary>The same without the white around it.</summary>
    public Raster Cropped()
    {
        int left = Width, right = 0, top = Height, bottom = 0;
        for (var y = 0; y < Height; y++)
        {
            var row = Row(y);
            if (row.IndexOfAnyExcept((byte)0) is >= 0 and var first)
            {
                var last = row.LastIndexOfAnyExcept((byte)0);
                left = Math.Min(left, (8 * first) + BitOperations.LeadingZeroCount((uint)row[first] << 24));
                right = Math.Max(right, (8 * last) + 8 - BitOperations.TrailingZeroCount(row[last]));
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
        }

        var cropped = new Raster(Math.Max(1, right - left), Math.Max(0, bottom - top));
        cropped.Paste(this, -left, -top);
        return cropped;
    }

    /// <summary>Whether both have the same size and the same dots.</summary>
    public bool IsSameAs(Raster other) =>
        Width == other.Width && Height == other.Height && bits.AsSpan().SequenceEqual(other.bits);

    // Eight dots of a row. The two bytes that they fall into are written at once; at an edge, each dot by itself.
    private void Blacken(byte dots, int x, int y)
    {
        if (x < 0 || x + 8 > Width)
        {
            for (var i = 0; i < 8; i++)
            {
                if ((dots & (0x80 >> i)) != 0)
                {
                    this[x + i, y] = true;
                }
            }

            return;
        }

        var at = (y * Stride) + (x >> 3);
        bits[at] |= (byte)(dots >> (x & 7));
        if ((x & 7) != 0)
        {
            bits[at + 1] |= (byte)(dots << (8 - (x & 7)));
        }
    }
}
