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
            for (var x = 0; x < other.Width; x++)
            {
                if (other[x, y])
                {
                    this[left + x, top + y] = true;
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
            for (var x = 0; x < Width; x++)
            {
                if (this[x, y])
                {
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), y + 1);
                }
            }
        }

        var cropped = new Raster(Math.Max(1, right - left), Math.Max(0, bottom - top));
        for (var y = 0; y < cropped.Height; y++)
        {
            for (var x = 0; x < cropped.Width; x++)
            {
                cropped[x, y] = this[left + x, top + y];
            }
        }

        return cropped;
    }

    /// <summary>Whether both have the same size and the same dots.</summary>
    public bool IsSameAs(Raster other) =>
        Width == other.Width && Height == other.Height && bits.AsSpan().SequenceEqual(other.bits);
}
