using System.IO.Ports;

namespace Reception.Device.Serial;

/// <summary>
/// A port by System.IO.Ports alone, as on Windows. Only bytes that have come are read: how long a read waits for more is up to each driver.
/// A write is left pending and waited for in steps, so that a stuck device does not hold its thread.
/// </summary>
internal sealed class OverlappedPort : ISerialPort
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    // A port that was pulled out tells nothing by itself.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly SerialPort _port;
    private readonly string _path;
    private readonly Stream _stream;
    private readonly Lock _writing = new();
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private readonly byte[] _leaving = new byte[256];
    private Task<int>? _write;
    private volatile bool _isStuck;

    public OverlappedPort(SerialPort port, string path, string? device)
    {
        (_port, _path, _stream, Device) = (port, path, port.BaseStream, device);
        _port.DataReceived += Arrived;
    }

    /// <inheritdoc/>
    public string? Device { get; }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan wait)
    {
        if (_isStuck)
        {
            throw SerialPortFaults.Stuck(_path);
        }

        try
        {
            for (var begun = TimeProvider.System.GetTimestamp(); ;)
            {
                if (Math.Min(_port.BytesToRead, buffer.Length) is > 0 and var count)
                {
                    return _stream.Read(buffer[..count]);
                }

                var left = wait - TimeProvider.System.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                {
                    return 0;
                }

                _arrived.WaitOne(left < LookAgain ? left : LookAgain);
            }
        }
        catch (Exception fault) when (SerialPortFaults.IsOfPort(fault))
        {
            throw SerialPortFaults.Gone(_path, fault);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            while (!_isStuck && !bytes.IsEmpty)
            {
                var written = WriteSome(bytes, LongestWrite);
                bytes = bytes[written..];
                // What is pending would go before the next call's bytes: the next read says that the port is broken, and it is opened anew.
                _isStuck = written == 0;
            }
        }

        if (_isStuck)
        {
            throw SerialPortFaults.Stuck(_path);
        }
    }

    /// <inheritdoc/>
    public int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan wait)
    {
        var count = Math.Min(bytes.Length, _leaving.Length);
        if (_write is null)
        {
            bytes[..count].CopyTo(_leaving);
        }

        try
        {
            _write ??= WriteAsync(count);
            if (Task.WaitAny([_write], wait) < 0)
            {
                return 0;
            }

            var written = _write.GetAwaiter().GetResult();
            _write = null;
            return written;
        }
        catch (Exception fault) when (SerialPortFaults.IsOfPort(fault))
        {
            throw SerialPortFaults.Gone(_path, fault);
        }
    }

    /// <inheritdoc/>
    public void Discard() => EvenIfGone(_port.DiscardOutBuffer);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            // Closing waits until the device has taken every byte: for ever, where it takes none.
            if (_write is not null)
            {
                Discard();
            }

            EvenIfGone(_stream.Dispose);
            _port.DataReceived -= Arrived;
            _port.Dispose();
            _arrived.Dispose();
        }
    }

    private void Arrived(object sender, SerialDataReceivedEventArgs arrived)
    {
        try
        {
            _arrived.Set();
        }
        catch (ObjectDisposedException)
        {
            // The port was closed a moment ago.
            return;
        }
    }

    private static void EvenIfGone(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (SerialPortFaults.IsOfPort(fault))
        {
            // Windows refuses whatever is done with a port that was pulled out; its bytes are lost, and its handle is closed all the same.
            return;
        }
    }

    private async Task<int> WriteAsync(int count)
    {
        await _stream.WriteAsync(_leaving.AsMemory(0, count));
        return count;
    }
}
