using Reception.Slips.Files;

namespace Reception.Slips;

/// <summary>A PNG picture as a receipt printer shows it: scaled to a width and dithered to black and white.</summary>
public sealed class Logo
{
    // Above this a picture is a photograph that somebody took by mistake; decoding it takes hundreds of megabytes.
    private const int MostPixels = 4000;

    private Logo(Raster dots) => Dots = dots;

    /// <summary>The picture's dots.</summary>
    public Raster Dots { get; }

    /// <summary>Reads a PNG and scales it to a width in dots; its height follows.</summary>
    /// <exception cref="InvalidDataException">It is no PNG or too large; the message says what is allowed.</exception>
    internal static Logo Read(byte[] png, int width, FileWords rules)
    {
        var (across, down) = PngPicture.SizeOf(png) ?? throw new InvalidDataException(rules["NoPicture"]);
        if (across > MostPixels || down > MostPixels)
        {
            throw new InvalidDataException(rules["TooLarge", MostPixels, across, down]);
        }

        var height = Math.Max(1, (int)Math.Round((double)down * width / across));
        if (height > 4 * width)
        {
            throw new InvalidDataException(rules["TooHigh", across, down]);
        }

        try
        {
            return new Logo(Dithered(PngPicture.ReadScaled(png, width, height), width, height));
        }
        catch (InvalidDataException problem)
        {
            throw new InvalidDataException(rules["Undecoded", problem.Message], problem);
        }
    }

    // Floyd and Steinberg (1976): what a dot is too dark or too light is shared out among its neighbours.
    private static Raster Dithered(double[] ink, int width, int height)
    {
        var dots = new Raster(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var wanted = ink[(y * width) + x];
                dots[x, y] = wanted >= 0.5;
                var left = wanted - (dots[x, y] ? 1 : 0);
                Share(x + 1, y, left * 7 / 16);
                Share(x - 1, y + 1, left * 3 / 16);
                Share(x, y + 1, left * 5 / 16);
                Share(x + 1, y + 1, left * 1 / 16);
            }
        }

        return dots;

        void Share(int x, int y, double part)
        {
            if (x >= 0 && x < width && y < height)
            {
                ink[(y * width) + x] += part;
            }
        }
    }
}
