using System.Runtime.Versioning;
using Reception.Device.Serial;

namespace Reception.Device.Printing;

/// <summary>A serial port or another device as a stream that can be cancelled both ways: a printer that takes or says nothing blocks no one.</summary>
internal sealed class PortStream(ISerialPort port) : Stream
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly Lock reading = new();
    private readonly Lock writing = new();
    private volatile bool closed;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a serial port.</summary>
    public static PortStream OpenSerial(string path, int baud, FlowControl flow) => new(SystemPorts.Open(path, baud, flow));

    /// <summary>Opens the kernel's USB line printer, or another device that takes bytes as they are.</summary>
    [SupportedOSPlatform("linux")]
    public static PortStream OpenDevice(string path)
    {
        var real = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        return real.StartsWith("/dev/", StringComparison.Ordinal)
            ? new PortStream(SystemPorts.OpenDevice(path))
            : throw new IOException($"{path} is no device: name a printer such as /dev/usb/lp0.");
    }

    /// <summary>Takes back what was written and has not left yet.</summary>
    public void Discard()
    {
        lock (writing)
        {
            if (!closed)
            {
                port.Discard();
            }
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Repeat(reading, () => port.Read(buffer.Span, Beat), cancellationToken), cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; rest.Length > 0;)
        {
            var now = rest;
            rest = rest[await Task.Run(() => Repeat(writing, () => port.WriteSome(now.Span, Beat), cancellationToken), cancellationToken)..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Under both gates: what is under way ends before its port is closed.
    protected override void Dispose(bool disposing)
    {
        closed = true;
        lock (reading)
        {
            lock (writing)
            {
                port.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private int Repeat(Lock gate, Func<int> transfer, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(closed, this);
            lock (gate)
            {
                if (!closed && transfer() is > 0 and var count)
                {
                    return count;
                }
            }
        }
    }
}
