using System.Net;
using System.Net.Sockets;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>Lines that break, stall or talk nonsense, before and in the middle of a slip.</summary>
public sealed class PrinterLineTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    public async Task Switched_off_in_the_middle_of_a_band_is_unknown_and_the_next_slip_is_whole(string line)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync(line);
        using var printer = virtualPrinter.Open();
        // The 117th row lies inside the number.
        await virtualPrinter.DoAsync("after 117 power off");

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Equal(PrintOutcome.Failed, (await Slips.PrintAsync(printer)).Outcome);

        await virtualPrinter.DoAsync("power on");
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
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

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);
        Assert.Equal(PrintOutcome.Failed, (await Slips.PrintAsync(printer)).Outcome);

        // The printer still waits for the rest of a picture.
        await virtualPrinter.DoAsync("cable in");
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }

    [Theory]
    [InlineData("answers garbage", "reports a fault: other", true)]
    [InlineData("answers silent", "does not answer", false)]
    public async Task A_printer_that_makes_no_sense_or_says_nothing_is_sent_nothing(string answers, string reason, bool online)
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync("serial");
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync(answers);

        var result = await Slips.PrintAsync(printer);

        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Equal(online, (await printer.ReadStatusAsync(Stop)).Online);
        await virtualPrinter.DoAsync("answers normal");
        Assert.Equal(PrintOutcome.Printed, (await Slips.PrintAsync(printer)).Outcome);
    }

    [Fact]
    public async Task Answers_that_fail_once_the_slip_has_left_leave_it_unknown()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        using var printer = virtualPrinter.Open();
        await virtualPrinter.DoAsync("after 100 answers garbage");

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);
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

    [Fact]
    public async Task A_slip_after_a_kill_is_whole_although_the_printer_waits_for_half_a_band()
    {
        await using var virtualPrinter = await VirtualPrinterProcess.StartAsync();
        using (var killed = new TcpClient())
        {
            await killed.ConnectAsync(IPAddress.Loopback, new Uri(virtualPrinter.Address).Port, Stop);
            await killed.GetStream().WriteAsync(SampleSlips.Encode(SampleSlips.Plain).AsMemory(0, 3000), Stop);
            await Eventually.TrueAsync(async () => !(await virtualPrinter.TellAsync("state?")).Contains(" hanging 0 ", StringComparison.Ordinal), () => "no row came");
        }

        using var printer = virtualPrinter.Open();
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }
}
