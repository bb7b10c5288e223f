using System.Runtime.InteropServices;

namespace Reception.Device.Printing;

/// <summary>A raster as a PNG file: black dots on white paper, one pixel a dot.</summary>
public static class PngPicture
{
    /// <summary>Writes the file. Throws <see cref="IOException"/> where Cairo can't.</summary>
    public static unsafe void Write(Raster raster, string path)
    {
        var surface = Pango.CreateSurface(Pango.FormatRgb24, raster.Width, Math.Max(1, raster.Height));
        try
        {
            Pango.FlushSurface(surface);
            var data = Pango.SurfaceData(surface);
            var stride = Pango.SurfaceStride(surface);
            for (var y = 0; y < Math.Max(1, raster.Height); y++)
            {
                var row = MemoryMarshal.Cast<byte, uint>(new Span<byte>(data + (y * stride), raster.Width * sizeof(uint)));
                for (var x = 0; x < raster.Width; x++)
                {
                    row[x] = y < raster.Height && raster[x, y] ? 0u : 0xFFFFFFu;
                }
            }

            Pango.MarkSurfaceDirty(surface);
            if (Pango.WritePng(surface, path) is not 0 and var status)
            {
                throw new IOException($"The picture could not be written to {path} (Cairo status {status}).");
            }
        }
        finally
        {
            Pango.DestroySurface(surface);
        }
    }
}
