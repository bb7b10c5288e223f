using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Serial;
using Reception.Protocol.Serial;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Serial;

/// <summary>A line over a real pseudo-terminal: silence, a pulled plug, another port under the same name; by a moved clock.</summary>
public sealed class SerialLineTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Raw = ["-hupcl", "clocal", "cs8", "-cstopb", "-parenb", "-crtscts", "-ixon", "-echo", "-icanon", "-opost"];

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-serial-").FullName;
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)));
    private readonly Listener _device = new();
    private readonly SerialLine _line;

    public SerialLineTests()
    {
        Link = Path.Combine(_folder, "rater");
        _line = new SerialLine(Link, 115200, new TerminalPorts(), _time, new Random(1), NullLogger<SerialLine>.Instance);
    }

    private string Link { get; }

    public void Dispose()
    {
        _line.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Frames_go_both_ways_whatever_the_pieces_they_come_in()
    {
        using var box = new Pty(Link);
        await StartAsync();
        var frame = Frame.Encode("BEAT,1,0,0");
        foreach (var value in frame)
        {
            box.Write([value]);
        }

        box.Write("noise");
        box.Write(frame);
        await Until(() => _device.Heard.SequenceEqual(["BEAT,1,0,0", "BEAT,1,0,0"]));
        Assert.True(_line.Send("ACK,1", "THANKS,5"));
        Assert.Equal(Encoding.ASCII.GetString([.. Frame.Encode("ACK,1"), .. Frame.Encode("THANKS,5")]), Encoding.ASCII.GetString(box.Read(5000)));
    }

    [Fact]
    public async Task A_port_that_is_silent_for_15_s_is_closed_told_and_opened_again()
    {
        using var box = new Pty(Link);
        await StartAsync();
        Pass(TimeSpan.FromSeconds(14));
        box.Write(Frame.Encode("BEAT,1,0,0"));
        await Until(() => _device.Heard.Count == 1);
        Pass(TimeSpan.FromSeconds(14.9));
        Assert.Equal((1, LineState.Open), (_device.Openings, _line.Status!.State));

        Pass(TimeSpan.FromSeconds(0.2));
        await Until(() => _line.Status!.State == LineState.Silent);
        Assert.Contains("check that the device has power", _line.Status!.Message, StringComparison.Ordinal);
        await UntilLater(() => _device.Openings == 2);
        // It opens, and is still not heard: that is no good news.
        Assert.Equal(LineState.Silent, _line.Status!.State);
        box.Write(Frame.Encode("BEAT,2,0,0"));
        await Until(() => _line.Status!.State == LineState.Open);
    }

    [Fact]
    public async Task A_port_that_vanished_in_mid_frame_comes_back_under_its_name_as_another_one()
    {
        var box = new Pty(Link);
        await StartAsync();
        box.Write("$PRESS,1,");
        box.Dispose();
        await Until(() => _line.Status!.State == LineState.Absent);
        Assert.False(_line.Send("CLOSE"));
        Pass(TimeSpan.FromSeconds(30));

        using var other = new Pty(Link);
        await UntilLater(() => _device.Openings == 2);
        other.Write("5,0*1234\r\n");
        other.Write(Frame.Encode("BEAT,1,0,0"));
        await Until(() => _device.Heard.Count > 0);
        Assert.Equal(["BEAT,1,0,0"], _device.Heard);
        Assert.Equal(LineState.Open, _line.Status!.State);
    }

    [Fact]
    public async Task A_name_that_leads_to_another_port_by_now_is_found_by_the_silence_of_the_old_one()
    {
        using var old = new Pty(Link);
        await StartAsync();
        using var other = new Pty(Link);
        Pass(TimeSpan.FromSeconds(15));
        await Until(() => _device.Closings == 1);
        Pass(TimeSpan.FromSeconds(1));
        await Until(() => _device.Openings == 2);
        other.Write(Frame.Encode("BEAT,9,0,0"));
        await Until(() => _device.Heard.Count == 1);
    }

    [Fact]
    public async Task A_device_without_a_heartbeat_may_be_silent_for_ever()
    {
        using var sign = new Pty(Link);
        _device.LongestSilence = null;
        await StartAsync();
        Pass(TimeSpan.FromDays(1));
        _device.Ticks = 0;
        await Until(() => _device.Ticks > 2);
        Assert.Equal((1, LineState.Open), (_device.Openings, _line.Status!.State));
    }

    [Fact]
    public void A_second_program_on_the_same_line_is_told_so()
    {
        using var box = new Pty();
        using var first = new TerminalPorts().Open(box.Path, 9600);
        var refusal = Assert.Throws<SerialPortException>(() => new TerminalPorts().Open(box.Path, 9600));
        Assert.Equal(SerialPortProblem.Busy, refusal.Problem);
        Assert.Contains("in use by another program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_port_is_said_to_be_none()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Equal(SerialPortProblem.Unusable, Assert.Throws<SerialPortException>(() => new TerminalPorts().Open(file, 9600)).Problem);
        Assert.Equal(SerialPortProblem.Unusable, Assert.Throws<SerialPortException>(() => new TerminalPorts().Open(_folder, 9600)).Problem);
        Assert.Equal(SerialPortProblem.Absent, Assert.Throws<SerialPortException>(() => new TerminalPorts().Open("/dev/ttyUSB77", 9600)).Problem);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TerminalPorts().Open(file, 1200));
    }

    [Theory]
    [InlineData(9600)]
    [InlineData(19200)]
    [InlineData(38400)]
    [InlineData(57600)]
    [InlineData(115200)]
    public void A_line_has_the_speed_it_was_opened_with_and_changes_no_byte(int baud)
    {
        using var box = new Pty();
        using var port = new TerminalPorts().Open(box.Path, baud);
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        box.Write(every);
        Assert.Equal(every, Read(port, every.Length));
        port.Write(every);
        Assert.Equal(every, box.Read(1000));
        using var stty = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("stty", ["-F", box.Path, "-a"]) { RedirectStandardOutput = true })!;
        var settings = stty.StandardOutput.ReadToEnd();
        Assert.Contains($"speed {baud} baud", settings, StringComparison.Ordinal);
        Assert.All(Raw, word => Assert.Contains(word, settings, StringComparison.Ordinal));
    }

    private static byte[] Read(ISerialPort port, int length)
    {
        var read = new byte[length];
        for (var taken = 0; taken < length;)
        {
            var more = port.Read(read.AsSpan(taken), TimeSpan.FromSeconds(5));
            Assert.NotEqual(0, more);
            taken += more;
        }

        return read;
    }

    private async Task StartAsync()
    {
        _line.Start(_device);
        await Until(() => _device.Openings == 1);
    }

    private void Pass(TimeSpan time) => _time.Advance(time);

    /// <summary>Lets time pass, a second at each look: whoever waits may not have begun to when it passed before.</summary>
    private Task UntilLater(Func<bool> condition) => Until(() =>
    {
        var holds = condition();
        if (!holds)
        {
            Pass(TimeSpan.FromSeconds(1));
        }

        return holds;
    });

    private async Task Until(Func<bool> condition)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, $"{_line.Status}, {_device}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Listener : ISerialDevice
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _heard = new();

        public TimeSpan? LongestSilence { get; set; } = TimeSpan.FromSeconds(15);

        public int Openings { get; private set; }

        public int Closings { get; private set; }

        public int Ticks { get; set; }

        public IReadOnlyCollection<string> Heard => _heard;

        public void Opened() => Openings++;

        public void Closed() => Closings++;

        public void Take(ReadOnlySpan<byte> body) => _heard.Enqueue(Encoding.ASCII.GetString(body));

        public void Tick() => Ticks++;

        public override string ToString() => $"opened {Openings}, closed {Closings}, heard {string.Join(' ', _heard)}";
    }
}
