namespace Reception.Device.Printing;

/// <summary>A part of a slip across the whole paper.</summary>
/// <param name="Dots">The part's dots; its width times the scale is the paper's.</param>
/// <param name="Scale">1, or 2 where every dot stands for two by two: large shapes lose nothing by it and cost a quarter.</param>
public sealed record SlipPart(Raster Dots, int Scale);

/// <summary>A slip as drawn: its parts from top to bottom.</summary>
public sealed record SlipDrawing(IReadOnlyList<SlipPart> Parts)
{
    /// <summary>The printable width of 80 mm paper at 203 dots an inch: 72 mm, 576 dots.</summary>
    public const int Width = 576;

    /// <summary>The whole slip, dot for dot as it comes out of the printer.</summary>
    public Raster ToRaster()
    {
        var paper = new Raster(Width, Parts.Sum(part => part.Dots.Height * part.Scale));
        var top = 0;
        foreach (var part in Parts)
        {
            for (var y = 0; y < part.Dots.Height * part.Scale; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    if (part.Dots[x / part.Scale, y / part.Scale])
                    {
                        paper[x, top + y] = true;
                    }
                }
            }

            top += part.Dots.Height * part.Scale;
        }

        return paper;
    }
}
