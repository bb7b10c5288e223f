using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Platform;
using Reception.Device.Serial;
using Reception.Protocol.Serial;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Serial;

/// <summary>A line over a real pseudo-terminal: silence, a pulled plug, another port under the same name; by a moved clock.</summary>
public sealed class SerialConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-serial-").FullName;
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.FromHours(7)));
    private readonly Listener _device = new();
    private readonly SerialConnection _line;

    public SerialConnectionTests()
    {
        Link = Path.Combine(_folder, "rater");
        _line = new SerialConnection(Link, 115200, new SystemPorts(), _time, new Random(1), NullLogger<SerialConnection>.Instance);
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
        Assert.Equal((1, PortState.Open), (_device.Openings, _line.Status!.State));

        Pass(TimeSpan.FromSeconds(0.2));
        await Until(() => _line.Status!.State == PortState.Silent);
        Assert.Contains("check that the device has power", _line.Status!.Message, StringComparison.Ordinal);
        await UntilLater(() => _device.Openings == 2);
        // It opens, and is still not heard: that is no good news.
        Assert.Equal(PortState.Silent, _line.Status!.State);
        box.Write(Frame.Encode("BEAT,2,0,0"));
        await Until(() => _line.Status!.State == PortState.Open);
    }

    [Fact]
    public async Task A_port_that_vanished_in_mid_frame_comes_back_under_its_name_as_another_one()
    {
        var box = new Pty(Link);
        await StartAsync();
        box.Write("$PRESS,1,");
        box.Dispose();
        await Until(() => _line.Status!.State == PortState.Absent);
        Assert.False(_line.Send("CLOSE"));
        Pass(TimeSpan.FromSeconds(30));

        using var other = new Pty(Link);
        await UntilLater(() => _device.Openings == 2);
        other.Write("5,0*1234\r\n");
        other.Write(Frame.Encode("BEAT,1,0,0"));
        await Until(() => _device.Heard.Count > 0);
        Assert.Equal(["BEAT,1,0,0"], _device.Heard);
        Assert.Equal(PortState.Open, _line.Status!.State);
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
        Assert.Equal((1, PortState.Open), (_device.Openings, _line.Status!.State));
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_the_adapters_identity()
    {
        const string Adapter = "FTDI FT232R USB UART (USB 0403:6001, serial A50285BI)";
        using var line = new SerialConnection(Link, 115200, new NamedPorts(Adapter), _time, new Random(1), NullLogger<SerialConnection>.Instance);
        var box = new Pty(Link);
        line.Start(_device);
        await Until(() => _device.Openings == 1);
        Assert.Equal(Adapter, line.Device);
        Pass(TimeSpan.FromSeconds(15));
        await Until(() => line.Status!.State == PortState.Silent);
        Assert.Contains($"{Link}, {Adapter}, is open, but nothing is heard", line.Status!.Message, StringComparison.Ordinal);
        await UntilLater(() => _device.Openings == 2);
        box.Dispose();
        await Until(() => line.Status!.State == PortState.Absent && line.Status.Message!.Contains("is gone", StringComparison.Ordinal));
        Assert.EndsWith($"It was {Adapter}.", line.Status!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_program_on_the_same_line_is_told_so()
    {
        using var box = new Pty();
        using var first = new SystemPorts().Open(box.Path, 9600);
        var refusal = Assert.Throws<SerialPortException>(() => new SystemPorts().Open(box.Path, 9600));
        Assert.Equal(SerialPortProblem.Busy, refusal.Problem);
        Assert.Contains("in use by another program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_opened_again_once_the_program_that_had_it_is_done()
    {
        using var box = new Pty();
        new SystemPorts().Open(box.Path, 9600).Dispose();
        using var second = new SystemPorts().Open(box.Path, 9600);
        box.Write("again");
        Assert.Equal("again"u8.ToArray(), Read(second, 5));
    }

    [Fact]
    public void What_is_no_port_is_said_to_be_none()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Equal(SerialPortProblem.Unusable, Assert.Throws<SerialPortException>(() => new SystemPorts().Open(file, 9600)).Problem);
        Assert.Equal(SerialPortProblem.Unusable, Assert.Throws<SerialPortException>(() => new SystemPorts().Open(_folder, 9600)).Problem);
        Assert.Equal(SerialPortProblem.Absent, Assert.Throws<SerialPortException>(() => new SystemPorts().Open("/dev/ttyUSB77", 9600)).Problem);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SystemPorts().Open(file, 1200));
    }

    [Theory]
    [InlineData(9600, 0xD)]
    [InlineData(19200, 0xE)]
    [InlineData(38400, 0xF)]
    [InlineData(57600, 0x1001)]
    [InlineData(115200, 0x1002)]
    public void A_line_has_the_speed_it_was_opened_with_and_changes_no_byte(int baud, int speed)
    {
        using var box = new Pty();
        using var before = LinuxDevice.Open(box.Path);
        box.Write(".left from before\n");
        Assert.Equal(1, before.Read(new byte[1], TimeSpan.FromSeconds(10)));
        // What a program before may have left: HUPCL, CSTOPB, PARENB, IXON, ICRNL, ECHO and ICANON.
        var settings = box.Settings;
        (settings.Control, settings.Input, settings.Local) = (settings.Control | 0x540, 0x500, 0xA);
        box.Settings = settings;
        using var port = new SystemPorts().Open(box.Path, baud);
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        box.Write(every);
        Assert.Equal(every, Read(port, every.Length));
        port.Write(every);
        Assert.Equal(every, box.Read(1000));
        // CBAUD; CS8, CREAD and CLOCAL, without CSTOPB, PARENB, HUPCL and CRTSCTS; no IXON; no ECHO and ICANON; no OPOST.
        var set = box.Settings;
        Assert.Equal(((uint)speed, 0x8B0u), (set.Control & 0x100F, set.Control & 0x80000DF0));
        Assert.Equal((0u, 0u, 0u), (set.Input & 0x5EE, set.Local & 0xA, set.Output & 1));
    }

    [Fact]
    public void A_line_that_takes_nothing_ends_a_write_after_a_second()
    {
        using var box = new Pty();
        using var port = new SystemPorts().Open(box.Path, 9600);
        var begun = TimeProvider.System.GetTimestamp();
        Assert.Contains("takes no more bytes", Assert.Throws<IOException>(() => port.Write(new byte[1 << 20])).Message, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0.9, 5);
        // Nor does closing wait for it.
        port.Dispose();
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0.9, 5);
    }

    [Fact]
    public void What_a_device_has_not_taken_can_be_discarded()
    {
        using var box = new Pty();
        using var port = new SystemPorts().Open(box.Path, 9600);
        var taken = 0;
        while (port.WriteSome(new byte[4096], TimeSpan.FromMilliseconds(50)) is > 0 and var count)
        {
            taken += count;
        }

        port.Discard();
        // A pty keeps a page for its reader.
        var left = 0;
        while (box.Read(0) is { Length: > 0 } more)
        {
            left += more.Length;
        }

        Assert.InRange(taken, 8192, int.MaxValue);
        Assert.InRange(left, 0, 4096);
    }

    [Fact]
    public async Task A_read_ends_at_once_when_the_port_vanishes()
    {
        var box = new Pty();
        using var port = new SystemPorts().Open(box.Path, 9600);
        var reading = Task.Run(() => port.Read(new byte[16], TimeSpan.FromMinutes(10)));
        box.Dispose();
        var fault = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Contains("is gone", fault.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => port.Write([1]));
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

    /// <summary>Ports whose adapters have an identity, which a pty has not.</summary>
    private sealed class NamedPorts(string device) : ISerialPorts
    {
        public ISerialPort Open(string path, int baud) => new NamedPort(new SystemPorts().Open(path, baud), device);
    }

    private sealed class NamedPort(ISerialPort port, string device) : ISerialPort
    {
        public string? Device => device;

        public int Read(Span<byte> buffer, TimeSpan wait) => port.Read(buffer, wait);

        public void Write(ReadOnlySpan<byte> bytes) => port.Write(bytes);

        public int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan wait) => port.WriteSome(bytes, wait);

        public void Discard() => port.Discard();

        public void Dispose() => port.Dispose();
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
