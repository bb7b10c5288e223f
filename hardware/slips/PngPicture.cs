using SkiaSharp;

namespace Reception.Slips;

/// <summary>PNG files: a raster as one, black dots on white paper, one pixel a dot; and pictures to be printed.</summary>
public static class PngPicture
{
    /// <summary>Writes the file. Throws <see cref="IOException"/> where that fails.</summary>
    public static void Write(Raster raster, string path) => File.WriteAllBytes(path, Encode(raster));

    /// <summary>The file's bytes.</summary>
    public static byte[] Encode(Raster raster)
    {
        using var picture = new SKBitmap(new SKImageInfo(raster.Width, Math.Max(1, raster.Height), SKColorType.Gray8, SKAlphaType.Opaque));
        var pixels = picture.GetPixelSpan();
        var stride = picture.RowBytes;
        pixels.Fill(byte.MaxValue);
        for (var y = 0; y < raster.Height; y++)
        {
            for (var x = 0; x < raster.Width; x++)
            {
                if (raster[x, y])
                {
                    pixels[(y * stride) + x] = 0;
                }
            }
        }

        using var pixmap = picture.PeekPixels();
        using var content = pixmap.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, zLibLevel: 6))
            ?? throw new InvalidOperationException("Skia could not write the picture.");
        return content.ToArray();
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

    /// <summary>The size that a PNG's head tells, before anything is decoded; null where these bytes are no PNG.</summary>
    public static (int Width, int Height)? SizeOf(byte[] png)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data);
        return codec is { EncodedFormat: SKEncodedImageFormat.Png } ? (codec.Info.Width, codec.Info.Height) : null;
    }

    /// <summary>How dark each dot is, 0 to 1, once the picture is scaled and laid on white. Throws <see cref="InvalidDataException"/> where it can't be decoded.</summary>
    internal static double[] ReadScaled(byte[] png, int width, int height)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("it has no head");
        // Without a colour space the pixels are what the file says, on every platform.
        using var picture = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(picture.Info, picture.GetPixels()) is not SKCodecResult.Success and var result)
        {
            throw new InvalidDataException(result.ToString());
        }

        return Scaled(picture, width, height);
    }

    // Each dot is the mean of what it covers: in whole rows and columns first, so that the sums are alike on every processor.
    private static double[] Scaled(SKBitmap picture, int width, int height)
    {
        var pixels = picture.GetPixelSpan();
        var stride = picture.RowBytes;
        var (across, down) = (Parts(picture.Width, width), Parts(picture.Height, height));
        var ink = new double[width * height];
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var dark = Dark(pixels.Slice((y * stride) + (x * 4), 4));
                foreach (var (row, high) in down[y])
                {
                    foreach (var (column, wide) in across[x])
                    {
                        ink[(row * width) + column] += dark * high * wide;
                    }
                }
            }
        }

        return ink;
    }

    // ITU-R BT.601: how bright red, green and blue are to an eye.
    private static double Dark(ReadOnlySpan<byte> pixel) =>
        (1 - (((0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2])) / 255)) * pixel[3] / 255;

    // Which dots each pixel lies on, and what part of the dot it covers.
    private static List<(int Dot, double Part)>[] Parts(int pixels, int dots)
    {
        var parts = new List<(int, double)>[pixels];
        var scale = (double)dots / pixels;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            var (from, to) = (pixel * scale, (pixel + 1) * scale);
            parts[pixel] = [];
            for (var dot = (int)from; dot < dots && dot < to; dot++)
            {
                parts[pixel].Add((dot, Math.Min(to, dot + 1) - Math.Max(from, dot)));
            }
        }

        return parts;
    }
}
