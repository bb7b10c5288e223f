using System.Net;
using System.Net.Sockets;
using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>Lines that break, stall or talk nonsense, before and in the middle of a slip.</summary>
public sealed class PrinterConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    public async Task Switched_off_in_the_middle_of_a_band_is_unknown_and_the_next_slip_is_whole(string line)
    {
        using var virtualPrinter = new TestPrinter(line);
        using var printer = virtualPrinter.Open();
        // The 117th row lies inside the number.
        virtualPrinter.Do("after 117 power off");

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Equal(PrintOutcome.Failed, (await Slips.PrintAsync(printer)).Outcome);

        virtualPrinter.Do("power on");
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    [InlineData("usb")]
    public async Task Unplugged_in_the_middle_of_a_band_is_unknown_and_the_next_slip_is_whole(string line)
    {
        using var virtualPrinter = new TestPrinter(line);
        using var printer = virtualPrinter.Open();
        virtualPrinter.Do("after 117 cable out");

        Assert.Equal(PrintOutcome.Unknown, (await Slips.PrintAsync(printer)).Outcome);
        Assert.Equal(PrintOutcome.Failed, (await Slips.PrintAsync(printer)).Outcome);

        // The printer still waits for the rest of a picture.
        virtualPrinter.Do("cable in");
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }

    [Fact]
    public async Task A_program_that_stops_in_the_middle_of_a_slip_does_not_know_what_became_of_it()
    {
        using var virtualPrinter = new TestPrinter("tcp", "epson-tm-t82", speed: 20);
        using var printer = virtualPrinter.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        var printing = printer.PrintAsync("slip", SampleSlips.Job(SampleSlips.Plain), stop.Token);
        await Eventually.TrueAsync(() => !virtualPrinter.Tell("state?").Contains(" hanging 0 ", StringComparison.Ordinal), () => "no row came");
        await stop.CancelAsync();

        Assert.Equal(PrintOutcome.Unknown, (await printing).Outcome);
    }

    [Fact]
    public async Task A_slip_after_a_kill_is_whole_although_the_printer_waits_for_half_a_band()
    {
        using var virtualPrinter = new TestPrinter();
        using (var killed = new TcpClient())
        {
            await killed.ConnectAsync(IPAddress.Loopback, new Uri(virtualPrinter.Address).Port, Stop);
            await killed.GetStream().WriteAsync(SampleSlips.Encode(SampleSlips.Plain).AsMemory(0, 3000), Stop);
            await Eventually.TrueAsync(() => !virtualPrinter.Tell("state?").Contains(" hanging 0 ", StringComparison.Ordinal), () => "no row came");
        }

        using var printer = virtualPrinter.Open();
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_slip_after_a_kill_is_whole_although_the_printer_waits_for_the_rest_of_a_band_s_header(int sent)
    {
        using var virtualPrinter = new TestPrinter();
        var slip = SampleSlips.Encode(SampleSlips.Plain);
        using (var killed = new TcpClient())
        {
            await killed.ConnectAsync(IPAddress.Loopback, new Uri(virtualPrinter.Address).Port, Stop);
            var stream = killed.GetStream();
            await stream.WriteAsync(slip.AsMemory(0, slip.AsSpan().IndexOf("\x1Dv0"u8) + sent), Stop);
            killed.Client.Shutdown(SocketShutdown.Send);
            // The printer tells its state where the slip asks for that, and ends the connection after it took everything in.
            await stream.CopyToAsync(Stream.Null, Stop);
        }

        using var printer = virtualPrinter.Open();
        await Slips.NextIsWholeAsync(virtualPrinter, printer);
    }
}
