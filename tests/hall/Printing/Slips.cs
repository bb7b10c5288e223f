using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Slips;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>Slips that a test prints and looks at.</summary>
internal static class Slips
{
    /// <summary>A citizen hears within 5 s what became of the paper; as much again is for a machine that is busy.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Task<PrintResult> PrintAsync(IPrinter printer) => printer.PrintAsync("slip", SampleSlips.Job(SampleSlips.Plain), Stop);

    public static async Task<PrintResult> PrintInTimeAsync(IPrinter printer)
    {
        var job = SampleSlips.Job(SampleSlips.Plain);
        var began = Stopwatch.GetTimestamp();
        var result = await printer.PrintAsync("slip", job, Stop);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Bound);
        return result;
    }

    /// <summary>Prints a slip: the last rows before the cut are the slip; what a broken one left hangs above it.</summary>
    public static async Task NextIsWholeAsync(TestPrinter virtualPrinter, IPrinter printer)
    {
        virtualPrinter.BePatient();
        var job = new SlipPaper(SlipTemplate.Default, virtualPrinter.Profile).Make(SampleSlips.Plain);
        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printer.PrintAsync("next", job, Stop));

        var paper = PngPicture.Read(virtualPrinter.Slips[^1]);
        var dots = job.Drawing.Dots;
        var fed = virtualPrinter.Profile.FeedLines * 34;
        Assert.True(paper.Height >= dots.Height + fed, $"{paper.Height} rows of {dots.Height}");
        for (var y = 0; y < dots.Height; y++)
        {
            Assert.True(paper.Row(paper.Height - fed - dots.Height + y).SequenceEqual(dots.Row(y)), $"row {y} of {dots.Height}");
        }
    }
}
