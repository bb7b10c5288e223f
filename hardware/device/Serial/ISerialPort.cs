namespace Reception.Device.Serial;

/// <summary>The bytes of one serial port, while it is open.</summary>
public interface ISerialPort : IDisposable
{
    /// <summary>The adapter's USB identity, such as <c>FTDI FT232R USB UART (USB 0403:6001, serial A50285BI)</c>, or null.</summary>
    string? Device { get; }

    /// <summary>Reads what has come, or waits for it. From one thread at a time.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="wait">How long to wait for the first byte.</param>
    /// <returns>How many bytes came; 0 where none did in that time.</returns>
    /// <exception cref="IOException">The port is gone: unplugged, or its other end was closed.</exception>
    int Read(Span<byte> buffer, TimeSpan wait);

    /// <summary>Writes all bytes. From any thread.</summary>
    /// <exception cref="IOException">The port is gone, or took nothing for a second.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Writes what the port takes. From one thread at a time, and not beside <see cref="Write"/>.</summary>
    /// <param name="bytes">The bytes; after 0 they may be on their way all the same, so the next call starts with the same ones.</param>
    /// <param name="wait">How long to wait until it takes some.</param>
    /// <returns>How many bytes; 0 where it took none in that time.</returns>
    /// <exception cref="IOException">The port is gone.</exception>
    int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan wait);

    /// <summary>Discards what was written and has not left yet.</summary>
    void Discard();
}

/// <summary>Opens serial ports: the one place where the system's ports are reached.</summary>
public interface ISerialPorts
{
    /// <summary>Opens a port for this program alone: raw, 8N1, without flow control and, on Linux, without dropping DTR when it is closed.</summary>
    /// <param name="path">A port or a link to one, such as <c>/dev/serial/by-id/…</c>, <c>/dev/ttyUSB0</c> or <c>/dev/pts/7</c>; on Windows <c>COM3</c>.</param>
    /// <param name="baud">9600, 19200, 38400, 57600 or 115200.</param>
    /// <exception cref="SerialPortException">It can't be opened; the message says why, and what to do.</exception>
    ISerialPort Open(string path, int baud);
}
