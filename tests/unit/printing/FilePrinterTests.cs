using Reception.Device.Printing;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class FilePrinterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-paper-").FullName;
    private readonly SlipJob slip = SampleSlips.Job(SampleSlips.Plain);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_byte_stream_and_the_paper_lie_in_the_folder()
    {
        using (var printer = Printers.Open("file:" + folder, SampleSlips.Profile, TimeProvider.System))
        {
            var result = await printer.PrintAsync("A012-1", slip, Stop);

            Assert.Equal(new PrintResult(PrintOutcome.Printed), result);
            Assert.Equal(slip.Bytes, await File.ReadAllBytesAsync(Path.Combine(folder, "A012-1.bin"), Stop));
            Assert.True(PngPicture.Read(Path.Combine(folder, "A012-1.png")).IsSameAs(SampleSlips.Draw(SampleSlips.Plain).Dots));
        }
    }

    [Fact]
    public async Task Both_papers_are_in_the_picture_with_the_code_that_the_printer_draws()
    {
        var native = SampleSlips.Profile with { NativeCode = true };
        using var printer = new FilePrinter(folder);

        await printer.PrintAsync("both", new SlipPaper(SlipTemplate.Default with { SecondCopy = true }, native).Make(SampleSlips.Plain), Stop);

        var whole = PngPicture.Read(Path.Combine(folder, "both.png"));
        var first = SampleSlips.Draw(SampleSlips.Plain).Dots;
        var second = SampleSlips.Draw(SampleSlips.Plain with { Copy = true }).Dots;
        Assert.Equal(first.Height + second.Height, whole.Height);
        for (var y = 0; y < whole.Height; y++)
        {
            Assert.True(whole.Row(y).SequenceEqual(y < first.Height ? first.Row(y) : second.Row(y - first.Height)), $"row {y}");
        }
    }

    [Theory]
    [InlineData("""{"paper":"out"}""")]
    [InlineData("""{"cover":"open"}""")]
    [InlineData("""{"online":false}""")]
    [InlineData("""{"fault":"cutter"}""")]
    [InlineData("no json")]
    public async Task A_printer_that_is_not_ready_prints_nothing_and_says_failed(string play)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "printer.json"), play, Stop);
        using var printer = new FilePrinter(folder);

        var result = await printer.PrintAsync("A012-1", slip, Stop);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.NotNull(result.Error);
        Assert.False(File.Exists(Path.Combine(folder, "A012-1.bin")));
    }

    [Fact]
    public async Task Low_paper_prints()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "printer.json"), """{"paper":"low"}""", Stop);
        using var printer = new FilePrinter(folder);

        Assert.Equal(PrintOutcome.Printed, (await printer.PrintAsync("A012-1", slip, Stop)).Outcome);
        Assert.Equal("low", (await printer.ReadStatusAsync(Stop)).Paper);
    }

    [Fact]
    public async Task A_line_that_breaks_while_bytes_leave_is_unknown()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "printer.json"), """{"breaksAfterBytes":500}""", Stop);
        using var printer = new FilePrinter(folder);

        var result = await printer.PrintAsync("A012-1", slip, Stop);

        Assert.Equal(PrintOutcome.Unknown, result.Outcome);
        Assert.Equal(500, new FileInfo(Path.Combine(folder, "A012-1.bin")).Length);
        Assert.False(File.Exists(Path.Combine(folder, "A012-1.png")));
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_a_failure_and_no_exception()
    {
        var gone = Path.Combine(folder, "gone");
        using var printer = new FilePrinter(gone);
        Directory.Delete(gone);

        Assert.Equal(PrintOutcome.Failed, (await printer.PrintAsync("A012-1", slip, Stop)).Outcome);
    }
}
