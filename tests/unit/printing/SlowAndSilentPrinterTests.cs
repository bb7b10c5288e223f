using System.Net;
using System.Net.Sockets;
using Reception.Device.Printing;
using Reception.Device.Serial;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Serial;
using Xunit;

namespace Reception.Unit.Tests.Printing;

/// <summary>Lines that take long, and printers that never say a word.</summary>
public sealed class SlowAndSilentPrinterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(960)]
    [InlineData(1920)]
    [InlineData(11520)]
    public async Task A_slow_line_has_the_time_that_its_bytes_take(int bytesASecond)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
        var line = new SlowLine(clock, bytesASecond);
        using var printer = new EscPosPrinter(_ => Task.FromResult<Stream>(line), SampleSlips.Profile with { Status = StatusSupport.None }, clock, bytesASecond);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printer.PrintAsync("slip", SampleSlips.Job(new byte[12_000]), Stop));
        Assert.InRange(line.Taken, 12_000, int.MaxValue);
    }

    [Fact]
    public async Task An_answer_to_bytes_of_a_picture_does_not_make_a_slip_one_that_is_lost()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        using var printer = Printers.Open($"tcp://127.0.0.1:{((IPEndPoint)door.LocalEndpoint).Port}", SampleSlips.Profile, TimeProvider.System);
        var printing = printer.PrintAsync("slip", SampleSlips.Job(SampleSlips.Plain), Stop);
        using var connection = await door.AcceptTcpClientAsync(Stop);
        await using var stream = connection.GetStream();
        // The drawer's line is high: the first answer has the bit that says in the second one that the cover is open.
        byte[] answers = [0x16, 0x12, 0x12, 0x12];
        await HearAsync(stream, EscPosPrinter.Questions);
        await stream.WriteAsync(answers, Stop);
        await HearAsync(stream, EscPosEncoder.SayWhenOut);
        await stream.WriteAsync(new byte[] { 0x00 }, Stop);
        await HearAsync(stream, EscPosEncoder.SayWhenOut);
        await HearAsync(stream, EscPosPrinter.Questions);
        await stream.WriteAsync((byte[])[0x12, .. answers], Stop);
        await HearAsync(stream, EscPosPrinter.Questions);
        await stream.WriteAsync((byte[])[.. answers, 0x00], Stop);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printing);
    }

    [Fact]
    public async Task A_network_printer_that_says_nothing_and_is_gone_prints_nothing()
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        using var printer = Printers.Open($"tcp://127.0.0.1:{((IPEndPoint)door.LocalEndpoint).Port}", SampleSlips.Profile with { Status = StatusSupport.None }, TimeProvider.System);
        var printing = printer.PrintAsync("slip", SampleSlips.Job(new byte[2_000]), Stop);
        using (var connection = await door.AcceptTcpClientAsync(Stop))
        {
            Assert.Equal(PrintOutcome.Printed, (await printing).Outcome);
            // The line ends with the slip: nothing is left that would take the next one unseen.
            await using var stream = connection.GetStream();
            var taken = 0;
            for (var buffer = new byte[4096]; await stream.ReadAsync(buffer, Stop) is > 0 and var count;)
            {
                taken += count;
            }

            Assert.InRange(taken, 2_000, int.MaxValue);
        }

        door.Stop();
        Assert.Equal(PrintOutcome.Failed, (await printer.PrintAsync("slip", SampleSlips.Job(new byte[2_000]), Stop)).Outcome);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
    }

    [Theory]
    [InlineData(FlowControl.None, false, false)]
    [InlineData(FlowControl.RtsCts, true, false)]
    [InlineData(FlowControl.XonXoff, false, true)]
    internal void A_line_heeds_the_flow_control_that_is_named(FlowControl flow, bool hardware, bool software)
    {
        using var printer = new Pty();
        using var port = SystemPorts.Open(printer.Path, 9600, flow);

        // CRTSCTS and IXON of Linux.
        Assert.Equal((hardware, software), ((printer.Settings.Control & 0x80000000) != 0, (printer.Settings.Input & 0x400) != 0));
    }

    private static async Task HearAsync(NetworkStream line, byte[] question)
    {
        var heard = new List<byte>();
        for (var one = new byte[1]; heard.Count < question.Length || !heard[^question.Length..].SequenceEqual(question); heard.Add(one[0]))
        {
            await line.ReadExactlyAsync(one, Stop);
        }
    }

    /// <summary>A line whose bytes take their time.</summary>
    private sealed class SlowLine(ManualTimeProvider clock, int bytesASecond) : MemoryStream
    {
        private readonly TaskCompletionSource<int> silence = new();

        public int Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(silence.Task);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Taken += buffer.Length;
            clock.Advance(TimeSpan.FromSeconds((double)buffer.Length / bytesASecond));
            return ValueTask.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            silence.TrySetResult(0);
            base.Dispose(disposing);
        }
    }
}
