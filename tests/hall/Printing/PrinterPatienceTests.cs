using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Printing;

/// <summary>
/// Printers that take seconds, and the 5 s within which the citizen hears: here the clock on the wall counts,
/// so nothing else runs meanwhile.
/// </summary>
[Collection(Alone.Name)]
public sealed class PrinterPatienceTests
{
    [Theory]
    [InlineData("tcp", "after 100 stall 3s")]
    [InlineData("serial", "after 100 stall 3s")]
    [InlineData("tcp", "stall 3s")]
    public async Task A_stall_of_three_seconds_is_survived(string line, string stall)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync(stall);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await Slips.PrintAsync(printer));
        Assert.Single(virtualPrinter.Slips);
    }

    [Theory]
    [InlineData("serial")]
    [InlineData("tcp")]
    public async Task The_late_answer_of_a_broken_slip_does_not_pass_for_the_end_of_the_next(string line)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line, speed: 100);
        using var printer = virtualPrinter.Open();
        // The rest of the slip lies in the printer's memory, with the question at its end.
        await virtualPrinter.DoAsync("after 650 stall 5s");
        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);

        PrintResult next;
        do
        {
            next = await Slips.PrintAsync(printer);
        }
        while (next.Outcome == PrintOutcome.Failed);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), next);
        Assert.Contains(" hanging 0 buffered 0 ", await virtualPrinter.TellAsync("state?"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_printer_is_waited_for_until_the_slip_is_out()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync("tcp", "xprinter-xp-58", speed: 60);
        using var printer = virtualPrinter.Open();
        var began = Stopwatch.GetTimestamp();

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await Slips.PrintAsync(printer));

        Assert.Single(virtualPrinter.Slips);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 1, Slips.Bound.TotalSeconds);
    }
}
