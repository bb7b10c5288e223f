using Reception.Device.Printing;
using Reception.Slips;
using Reception.VirtualPrinter;
using Xunit;

namespace Reception.Unit.Tests.Printing;

/// <summary>What the virtual printer makes of bytes that end.</summary>
internal static class VirtualPaper
{
    /// <summary>The slips that it cuts, and how many bytes were no command.</summary>
    public static (IReadOnlyList<Raster> Slips, int Strays) Print(byte[] bytes, PrinterProfile profile)
    {
        var folder = Directory.CreateTempSubdirectory("reception-paper-");
        try
        {
            var slips = new List<Raster>();
            var mechanics = new Mechanics(new Paper(profile.Width, folder, keep: 1), millimetresPerSecond: 0, TimeProvider.System);
            mechanics.SlipCut += slip => slips.Add(PngPicture.Read(slip));
            var at = 0;
            var interpreter = new Interpreter(Next, mechanics, _ => { }, tearBar: profile.Cut == Cut.None, profile.FeedUnit);
            Assert.Throws<EndOfStreamException>(() => interpreter.RunAsync(CancellationToken.None).GetAwaiter().GetResult());
            return (slips, interpreter.Strays);

            ValueTask<byte> Next(CancellationToken power) => at < bytes.Length ? ValueTask.FromResult(bytes[at++]) : throw new EndOfStreamException();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The one slip that these bytes are.</summary>
    public static Raster Read(byte[] bytes, PrinterProfile profile)
    {
        var (slips, strays) = Print(bytes, profile);
        Assert.Equal(0, strays);
        return Assert.Single(slips);
    }

    /// <summary>The paper is the drawing, and what was fed after it white.</summary>
    public static void AssertIs(Raster drawing, Raster paper)
    {
        Assert.Equal(drawing.Width, paper.Width);
        Assert.True(paper.Height >= drawing.Height, $"{paper.Height} rows of {drawing.Height}");
        for (var y = 0; y < paper.Height; y++)
        {
            Assert.True(y < drawing.Height ? paper.Row(y).SequenceEqual(drawing.Row(y)) : paper.IsBlank(y), $"row {y}");
        }
    }
}
