using System.IO.Ports;
using System.Runtime.Versioning;
using Reception.Device.Platform;

namespace Reception.Device.Serial;

/// <summary>A port of Linux, set up and held by System.IO.Ports and read and written without its polling; or a device that is no terminal.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxPort(LinuxDevice file, SerialPort? port, string path, string? device) : ISerialPort
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();

    /// <inheritdoc/>
    public string? Device { get; } = device;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan wait)
    {
        try
        {
            return file.Read(buffer, wait);
        }
        catch (IOException fault)
        {
            throw SerialPortFaults.Gone(path, fault);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            while (!bytes.IsEmpty)
            {
                bytes = WriteSome(bytes, LongestWrite) is > 0 and var written ? bytes[written..] : throw SerialPortFaults.Stuck(path);
            }
        }
    }

    /// <inheritdoc/>
    public int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan wait)
    {
        try
        {
            return file.Write(bytes, wait);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            throw SerialPortFaults.Gone(path, fault);
        }
    }

    /// <inheritdoc/>
    public void Discard()
    {
        if (port is { IsOpen: true })
        {
            port.DiscardOutBuffer();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            // The stream first: SerialPort.Dispose alone waits until the other end has taken every byte, for ever where flow control holds them.
            if (port is { IsOpen: true })
            {
                port.BaseStream.Dispose();
            }

            port?.Dispose();
            file.Dispose();
        }
    }
}
