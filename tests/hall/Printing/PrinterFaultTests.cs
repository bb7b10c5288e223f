using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>What befalls a printer, and what the citizen hears of it within 5 s: never "failed" with ink on the paper, never "printed" without.</summary>
public sealed class PrinterFaultTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp", "paper out", "no paper")]
    [InlineData("serial", "paper out", "no paper")]
    [InlineData("tcp", "cover open", "cover is open")]
    [InlineData("tcp", "fault cutter", "cutter")]
    [InlineData("tcp", "fault temperature", "temperature")]
    [InlineData("usb", "fault other", "other")]
    public async Task A_printer_that_is_not_ready_says_so_and_nothing_leaves(string line, string trouble, string reason)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync(trouble);

        var result = await PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        var status = await printer.ReadStatusAsync(Stop);
        Assert.True(status.Online);
        Assert.Equal(trouble, status switch { { Paper: "out" } => "paper out", { Cover: "open" } => "cover open", _ => "fault " + status.Fault });
        Assert.Contains(" hanging 0 ", await virtualPrinter.TellAsync("state?"), StringComparison.Ordinal);

        await virtualPrinter.DoAsync("paper ok", "cover closed", "fault none");
        Assert.Equal(new PrintResult(PrintOutcome.Printed), await PrintAsync(printer));
        Assert.Single(virtualPrinter.Slips);
    }

    [Theory]
    [InlineData("tcp", "epson-tm-t82", "paper out", "paper ok", "no paper")]
    [InlineData("tcp", "xprinter-xp-58", "cover open", "cover closed", "cover is open")]
    [InlineData("serial", "epson-tm-t82", "cover open", "cover closed", "cover is open")]
    [InlineData("usb", "xprinter-xp-80", "fault cutter", "fault none", "cutter")]
    public async Task What_happens_in_the_middle_of_a_slip_is_unknown_with_its_reason(string line, string profile, string trouble, string mended, string reason)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line, profile);
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync($"after 150 {trouble}");

        var result = await PrintAsync(printer);

        Assert.Equal(PrintOutcome.Unknown, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.NotNull((await printer.ReadStatusAsync(Stop)).NotReady());
        Assert.Empty(virtualPrinter.Slips);

        await virtualPrinter.DoAsync(mended);
        await Eventually.TrueAsync(async () => (await printer.ReadStatusAsync(Stop)).NotReady() is null, () => "still not ready");
        await APrintedSlipIsWhole(virtualPrinter, printer);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    public async Task Switched_off_in_the_middle_of_a_band_is_unknown_and_the_next_slip_is_whole(string line)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        // The 117th row lies inside the number.
        await virtualPrinter.DoAsync("after 117 power off");

        Assert.Equal(PrintOutcome.Unknown, (await PrintAsync(printer)).Outcome);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Equal(PrintOutcome.Failed, (await PrintAsync(printer)).Outcome);

        await virtualPrinter.DoAsync("power on");
        await APrintedSlipIsWhole(virtualPrinter, printer);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    [InlineData("usb")]
    public async Task Unplugged_in_the_middle_of_a_band_is_unknown_and_the_next_slip_is_whole(string line)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync("after 117 cable out");

        Assert.Equal(PrintOutcome.Unknown, (await PrintAsync(printer)).Outcome);
        Assert.Equal(PrintOutcome.Failed, (await PrintAsync(printer)).Outcome);

        // The printer still waits for the rest of a picture.
        await virtualPrinter.DoAsync("cable in");
        await APrintedSlipIsWhole(virtualPrinter, printer);
    }

    [Theory]
    [InlineData("tcp", "after 100 stall 3s")]
    [InlineData("serial", "after 100 stall 3s")]
    [InlineData("tcp", "stall 3s")]
    public async Task A_stall_of_three_seconds_is_survived(string line, string stall)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync(stall);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await PrintAsync(printer));
        Assert.Single(virtualPrinter.Slips);
    }

    [Fact]
    public async Task A_slow_printer_is_waited_for_until_the_slip_is_out()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync("tcp", "xprinter-xp-58", speed: 60);
        using var printer = virtualPrinter.Open();
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await PrintAsync(printer));

        Assert.Single(virtualPrinter.Slips);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 1, Bound.TotalSeconds);
    }

    [Theory]
    [InlineData("answers garbage", "reports a fault: other", true)]
    [InlineData("answers silent", "does not answer", false)]
    public async Task A_printer_that_makes_no_sense_or_says_nothing_is_sent_nothing(string answers, string reason, bool online)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync("serial");
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync(answers);

        var result = await PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal(online, (await printer.ReadStatusAsync(Stop)).Online);
        await virtualPrinter.DoAsync("answers normal");
        Assert.Equal(PrintOutcome.Printed, (await PrintAsync(printer)).Outcome);
    }

    [Fact]
    public async Task Answers_that_fail_once_the_slip_has_left_leave_it_unknown()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync("after 100 answers garbage");

        Assert.Equal(PrintOutcome.Unknown, (await PrintAsync(printer)).Outcome);
    }

    [Fact]
    public async Task Low_paper_is_told_and_prints()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync("paper low");

        Assert.Equal(PrintOutcome.Printed, (await PrintAsync(printer)).Outcome);
        Assert.Equal("low", (await printer.ReadStatusAsync(Stop)).Paper);
    }

    [Theory]
    [InlineData("usb:/etc/hostname", "/etc/hostname is no device")]
    [InlineData("usb:/dev/usb/lp99", "/dev/usb/lp99 is not there")]
    [InlineData("usb:/dev/null", "closed the line|is gone|does not answer")]
    [InlineData("serial:/dev/null", "/dev/null is no serial port")]
    [InlineData("tcp://127.0.0.1:1", "Connection refused")]
    [InlineData("tcp://no-such-host.invalid:9100", ".")]
    public async Task A_path_that_is_no_printer_is_a_plain_line_and_no_crash(string address, string line)
    {
        using var printer = Printers.Open(address, PrinterProfile.Read("epson-tm-t82"), TimeProvider.System);

        var result = await PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Matches(line, result.Error);
        Assert.DoesNotContain('\n', result.Error!);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
    }

    [Fact]
    public async Task A_program_that_stops_in_the_middle_of_a_slip_does_not_know_what_became_of_it()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync("tcp", "epson-tm-t82", speed: 20);
        using var printer = virtualPrinter.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var printing = printer.PrintAsync("slip", SampleSlips.Encode(SampleSlips.Plain), stop.Token);
        await Eventually.TrueAsync(async () => !(await virtualPrinter.TellAsync("state?")).Contains(" hanging 0 ", StringComparison.Ordinal), () => "no row came");
        await stop.CancelAsync();

        Assert.Equal(PrintOutcome.Unknown, (await printing).Outcome);
    }

    private static async Task<PrintResult> PrintAsync(IPrinter printer)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await printer.PrintAsync("slip", SampleSlips.Encode(SampleSlips.Plain), Stop);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Bound);
        return result;
    }

    /// <summary>The last rows before the cut are the slip; what a broken one left hangs above it.</summary>
    private static async Task APrintedSlipIsWhole(VirtualPrinterProcess virtualPrinter, IPrinter printer)
    {
        var job = new SlipPaper(SlipTemplate.Default, virtualPrinter.Profile).Make(SampleSlips.Plain);
        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printer.PrintAsync("next", job.Bytes, Stop));

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
