namespace Reception.Device.Printing;

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

    /// <summary>Whether both have the same size and the same dots.</summary>
    public bool IsSameAs(Raster other) =>
        Width == other.Width && Height == other.Height && bits.AsSpan().SequenceEqual(other.bits);
}
