using Reception.Device.Serial;

namespace Reception.Unit.Tests.Serial;

/// <summary>A port as Windows has it: System.IO.Ports alone, here over a pseudo-terminal.</summary>
public sealed class OverlappedPortTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Bytes_go_both_ways_unchanged()
    {
        using var box = new Pty();
        using var port = Open(box);
        Assert.Equal(0, port.Read(new byte[1], TimeSpan.Zero));
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        box.Write(every);
        var read = new List<byte>();
        for (var few = new byte[100]; read.Count < every.Length;)
        {
            var count = port.Read(few, Patience);
            Assert.NotEqual(0, count);
            read.AddRange(few[..count]);
        }

        Assert.Equal(every, read);
        port.Write([.. every, .. every]);
        var left = new List<byte>();
        while (left.Count < 512)
        {
            var more = box.Read((int)Patience.TotalMilliseconds);
            Assert.NotEmpty(more);
            left.AddRange(more);
        }

        Assert.Equal([.. every, .. every], left);
    }

    [Fact]
    public void A_write_to_a_port_that_vanished_says_so()
    {
        var box = new Pty();
        using var port = Open(box);
        box.Dispose();
        Assert.Contains("is gone", Assert.Throws<IOException>(() => port.Write([1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_takes_nothing_breaks_its_port_after_a_second_and_lets_it_be_closed()
    {
        using var box = new Pty();
        using var port = Open(box);
        var begun = TimeProvider.System.GetTimestamp();
        Assert.Contains("takes no more bytes", Assert.Throws<IOException>(() => port.Write(new byte[1 << 20])).Message, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0.9, 5);
        // Opened anew by its owner: the rest of these bytes would go before the next ones.
        Assert.Throws<IOException>(() => port.Read(new byte[1], TimeSpan.Zero));
        port.Discard();
        port.Dispose();
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0.9, 5);
    }

    [Fact]
    public void Bytes_that_are_pending_are_sent_once()
    {
        using var box = new Pty();
        using var port = Open(box);
        var bytes = new byte[1 << 16];
        var taken = 0;
        while (port.WriteSome(bytes.AsSpan(taken), TimeSpan.FromMilliseconds(100)) is > 0 and var count)
        {
            taken += count;
        }

        Assert.InRange(taken, 1, bytes.Length - 1);
        var left = 0;
        for (var begun = TimeProvider.System.GetTimestamp(); taken < bytes.Length;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{taken} taken, {left} left");
            left += box.Read(0).Length;
            taken += port.WriteSome(bytes.AsSpan(taken), TimeSpan.FromMilliseconds(1));
        }

        while (box.Read(100) is { Length: > 0 } more)
        {
            left += more.Length;
        }

        Assert.Equal(bytes.Length, left);
    }

    [Fact]
    public void What_Windows_says_of_a_port_is_told_in_words_with_what_to_do()
    {
        Says(new FileNotFoundException("Could not find file 'COM7'."), SerialPortProblem.Absent, "COM7 is not there: plug the device in");
        Says(new UnauthorizedAccessException("Access to the path 'COM7' is denied."), SerialPortProblem.Busy, "close other programs");
        Says(new ArgumentException("The given port name (LPT1) does not resolve to a valid serial port."), SerialPortProblem.Unusable, "name one such as COM3");
        Says(new IOException("A device attached to the system is not functioning."), SerialPortProblem.Unusable, "does not take 9600 baud");

        static void Says(Exception fault, SerialPortProblem problem, string words)
        {
            var told = SerialPortFaults.OnWindows("COM7", 9600, fault);
            Assert.Equal(problem, told.Problem);
            Assert.Contains(words, told.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("COM1", true, true)]
    [InlineData("com12", true, true)]
    [InlineData("COM256", true, true)]
    [InlineData("COM0", true, false)]
    [InlineData("COM257", true, false)]
    [InlineData("COM", true, false)]
    [InlineData("COM1:", true, false)]
    [InlineData("COM3\n", true, false)]
    [InlineData("/dev/ttyUSB0", true, false)]
    [InlineData("/dev/ttyUSB0", false, true)]
    [InlineData("COM1", false, false)]
    [InlineData("ttyUSB0", false, false)]
    public void A_port_is_named_as_its_system_names_it(string path, bool isWindows, bool isValid) => Assert.Equal(isValid, PortPath.IsValid(path, isWindows));

    private static OverlappedPort Open(Pty box) => SystemPorts.OpenAlone(box.Path, 9600, FlowControl.None, hasModemLines: false);
}
