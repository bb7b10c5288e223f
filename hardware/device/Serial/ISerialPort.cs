namespace Reception.Device.Serial;

/// <summary>The bytes of one serial line, while it is open.</summary>
public interface ISerialPort : IDisposable
{
    /// <summary>Takes what has come, or waits for it.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="wait">How long to wait for the first byte.</param>
    /// <returns>How many bytes came; 0 where none did in that time.</returns>
    /// <exception cref="IOException">The line is gone: unplugged, or its other end was closed.</exception>
    int Read(Span<byte> buffer, TimeSpan wait);

    /// <summary>Puts bytes on the line; may be called from any thread.</summary>
    /// <exception cref="IOException">The line is gone, or took nothing for a second.</exception>
    void Write(ReadOnlySpan<byte> bytes);
}

/// <summary>Opens serial lines: the one seam to the system's terminals.</summary>
public interface ISerialPorts
{
    /// <summary>Opens a line raw, 8N1, without flow control and without dropping DTR at its close.</summary>
    /// <param name="path">A terminal or a link to one, such as <c>/dev/serial/by-id/…</c>, <c>/dev/ttyUSB0</c> or <c>/dev/pts/7</c>.</param>
    /// <param name="baud">9600, 19200, 38400, 57600 or 115200.</param>
    /// <exception cref="SerialPortException">It can't be opened; the message says why, and what to do.</exception>
    ISerialPort Open(string path, int baud);
}
