using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reception.Slips;

/// <summary>PNG files: a raster as one, black dots on white paper, one pixel a dot; and pictures to be printed.</summary>
public static class PngPicture
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writes the file. Throws <see cref="IOException"/> where that fails.</summary>
    public static void Write(Raster raster, string path) => File.WriteAllBytes(path, Encode(raster));

    /// <summary>The file's bytes.</summary>
    public static unsafe byte[] Encode(Raster raster)
    {
        var surface = Pango.CreateSurface(Pango.FormatRgb24, raster.Width, Math.Max(1, raster.Height));
        var bytes = new List<byte>();
        var closure = GCHandle.Alloc(bytes);
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
            return Pango.WritePng(surface, &Keep, GCHandle.ToIntPtr(closure)) is 0
                ? [.. bytes]
                : throw new InvalidOperationException("Cairo could not write the picture.");
        }
        finally
        {
            closure.Free();
            Pango.DestroySurface(surface);
        }
    }

    /// <summary>Reads a picture of black and white, one dot a pixel. Throws <see cref="InvalidDataException"/> where it is no PNG.</summary>
    public static Raster Read(string path)
    {
        var png = File.ReadAllBytes(path);
        var (width, height) = SizeOf(png) ?? throw new InvalidDataException($"{path} is no PNG picture.");
        var ink = ReadScaled(png, width, height);
        var raster = new Raster(width, height);
        for (var i = 0; i < ink.Length; i++)
        {
            raster[i % width, i / width] = ink[i] >= 0.5;
        }

        return raster;
    }

    /// <summary>The size that a PNG's head tells (ISO/IEC 15948, 11.2.2), before anything is decoded; null where these bytes are no PNG.</summary>
    public static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> head)
    {
        if (head.Length < 24 || !head.StartsWith(Signature))
        {
            return null;
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }

    /// <summary>How dark each dot is, 0 to 1, once the picture is scaled and laid on white. Throws <see cref="InvalidDataException"/> where it can't be decoded.</summary>
    internal static unsafe double[] ReadScaled(byte[] png, int width, int height)
    {
        var left = GCHandle.Alloc(new MemoryStream(png));
        var picture = Pango.ReadPng(&Give, GCHandle.ToIntPtr(left));
        left.Free();
        var surface = Pango.CreateSurface(Pango.FormatRgb24, width, height);
        try
        {
            if (Pango.SurfaceStatus(picture) is not 0 and var status)
            {
                throw new InvalidDataException($"Cairo status {status}");
            }

            var context = Pango.CreateContext(surface);
            Pango.SetColour(context, 1, 1, 1);
            Pango.Paint(context);
            Pango.ScaleBy(context, (double)width / Pango.SurfaceWidth(picture), (double)height / Pango.SurfaceHeight(picture));
            Pango.SetSurface(context, picture, 0, 0);
            Pango.Paint(context);
            Pango.DestroyContext(context);
            Pango.FlushSurface(surface);
            var data = Pango.SurfaceData(surface);
            var stride = Pango.SurfaceStride(surface);
            var ink = new double[width * height];
            for (var i = 0; i < ink.Length; i++)
            {
                var pixel = data + ((i / width) * stride) + ((i % width) * 4);
                // ITU-R BT.601: how bright blue, green and red are to an eye.
                ink[i] = 1 - (((0.114 * pixel[0]) + (0.587 * pixel[1]) + (0.299 * pixel[2])) / 255);
            }

            return ink;
        }
        finally
        {
            Pango.DestroySurface(surface);
            Pango.DestroySurface(picture);
        }
    }

    // Cairo takes a status: 0, or 10 (CAIRO_STATUS_READ_ERROR).
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Give(nint closure, byte* data, uint length) =>
        ((MemoryStream)GCHandle.FromIntPtr(closure).Target!).ReadAtLeast(new Span<byte>(data, (int)length), (int)length, throwOnEndOfStream: false) == (int)length ? 0 : 10;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Keep(nint closure, byte* data, uint length)
    {
        ((List<byte>)GCHandle.FromIntPtr(closure).Target!).AddRange(new ReadOnlySpan<byte>(data, (int)length));
        return 0;
    }
}
