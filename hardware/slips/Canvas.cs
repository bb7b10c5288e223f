namespace Reception.Slips;

/// <summary>A Cairo surface of opacity and the context that draws on it.</summary>
internal sealed class Canvas : IDisposable
{
    private readonly nint surface;
    private readonly int width;
    private readonly int height;

    public Canvas(int width, int height)
    {
        this.width = width;
        this.height = height;
        surface = Pango.CreateSurface(Pango.FormatA8, width, height);
        if (Pango.SurfaceStatus(surface) is not 0 and var status)
        {
            Pango.DestroySurface(surface);
            throw new InvalidOperationException($"Cairo made no surface of {width} by {height} dots (status {status}).");
        }

        Context = Pango.CreateContext(surface);
    }

    public nint Context { get; }

    /// <summary>Dots whose opacity (0 to 255) reaches the threshold are black.</summary>
    public unsafe Raster ToRaster(byte threshold)
    {
        Pango.FlushSurface(surface);
        var data = Pango.SurfaceData(surface);
        var stride = Pango.SurfaceStride(surface);
        var raster = new Raster(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = new ReadOnlySpan<byte>(data + (y * stride), width);
            for (var x = 0; x < width; x++)
            {
                if (row[x] >= threshold)
                {
                    raster[x, y] = true;
                }
            }
        }

        return raster;
    }

    public void Dispose()
    {
        Pango.DestroyContext(Context);
        Pango.DestroySurface(surface);
    }
}
