using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>What befalls a printer, and what the citizen hears of it within 5 s: never "failed" with ink on the paper, never "printed" without.</summary>
public sealed class PrinterFaultTests
{
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
        using var virtualPrinter = new TestPrinter(line);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do(trouble);

        var result = await Slips.PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        var status = await printer.ReadStatusAsync(Stop);
        Assert.True(status.Online);
        Assert.Equal(trouble, status switch { { Paper: "out" } => "paper out", { Cover: "open" } => "cover open", _ => "fault " + status.Fault });
        Assert.Contains(" hanging 0 ", virtualPrinter.Tell("state?"), StringComparison.Ordinal);

        virtualPrinter.Do("paper ok", "cover closed", "fault none");
        Assert.Equal(new PrintResult(PrintOutcome.Printed), await Slips.PrintAsync(printer));
        Assert.Single(virtualPrinter.Slips);
    }

    [Theory]
    [InlineData("tcp", "epson-tm-t82", "paper out", "paper ok", "no paper")]
    [InlineData("tcp", "xprinter-xp-58", "cover open", "cover closed", "cover is open")]
    [InlineData("serial", "epson-tm-t82", "cover open", "cover closed", "cover is open")]
    [InlineData("usb", "xprinter-xp-80", "fault cutter", "fault none", "cutter")]
    public async Task What_happens_in_the_middle_of_a_slip_is_unknown_with_its_reason(string line, string profile, string trouble, string mended, string reason)
    {
        using var virtualPrinter = new TestPrinter(line, profile);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do($"after 150 {trouble}");

        var result = await Slips.PrintAsync(printer);

        Assert.Equal(PrintOutcome.Unknown, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.NotNull((await printer.ReadStatusAsync(Stop)).NotReady());
        Assert.Empty(virtualPrinter.Slips);

        virtualPrinter.Do(mended);
        await Eventually.TrueAsync(async () => (await printer.ReadStatusAsync(Stop)).NotReady() is null, () => "still not ready");
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }

    [Fact]
    public async Task Low_paper_is_told_and_prints()
    {
        using var virtualPrinter = new TestPrinter();
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do("paper low");

        Assert.Equal(PrintOutcome.Printed, (await Slips.PrintAsync(printer)).Outcome);
        Assert.Equal("low", (await printer.ReadStatusAsync(Stop)).Paper);
    }

    [Theory]
    [InlineData("usb:/etc/hostname", "/etc/hostname is no device")]
    [InlineData("usb:/dev/usb/lp99", "/dev/usb/lp99 is not there")]
    [InlineData("usb:/dev/null", "closed the line|is gone|does not answer")]
    [InlineData("serial:/dev/null", "/dev/null is not a serial port")]
    [InlineData("tcp://127.0.0.1:1", "Connection refused")]
    [InlineData("tcp://no-such-host.invalid:9100", ".")]
    public async Task A_path_that_is_no_printer_is_a_plain_line_and_no_crash(string address, string line)
    {
        using var printer = Printers.Open(address, PrinterProfile.Read("epson-tm-t82"), TimeProvider.System);

        var result = await Slips.PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Matches(line, result.Error);
        Assert.DoesNotContain('\n', result.Error!);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Equal(address == "usb:/dev/null" ? null : result.Error, printer.LineProblem);
    }
}
