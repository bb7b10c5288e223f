using System.IO.Ports;

namespace Reception.Device.Serial;

/// <summary>
/// A port by System.IO.Ports alone, as on Windows. One read and one write are left pending and waited for in steps, so that neither a
/// silent nor a stuck device holds its thread.
/// </summary>
internal sealed class OverlappedPort(SerialPort port, string path, string? device) : ISerialPort
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();
    private readonly Stream _stream = port.BaseStream;
    private readonly byte[] _arrived = new byte[1024];
    private readonly byte[] _leaving = new byte[256];
    private Task<int>? _read;
    private Task<int>? _write;
    private int _from;
    private int _to;
    private volatile bool _isStuck;

    /// <inheritdoc/>
    public string? Device { get; } = device;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan wait)
    {
        if (_isStuck)
        {
            throw SerialPortFaults.Stuck(path);
        }

        if (_from == _to)
        {
            var arrived = Await(ref _read, () => _stream.ReadAsync(_arrived, 0, _arrived.Length), wait);
            (_from, _to) = (0, arrived ?? 0);
            if (arrived == 0)
            {
                throw SerialPortFaults.Gone(path, new EndOfStreamException("end of file"));
            }
        }

        var count = Math.Min(buffer.Length, _to - _from);
        _arrived.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
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
            throw SerialPortFaults.Stuck(path);
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

        return Await(ref _write, () => WriteAsync(count), wait) ?? 0;
    }

    /// <inheritdoc/>
    public void Discard() => EvenIfGone(port.DiscardOutBuffer);

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
            port.Dispose();
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

    /// <summary>Waits for what is pending, and begins it where nothing is; null where it is pending still.</summary>
    private int? Await(ref Task<int>? pending, Func<Task<int>> begin, TimeSpan wait)
    {
        try
        {
            pending ??= begin();
            if (Task.WaitAny([pending], wait) < 0)
            {
                return null;
            }

            var result = pending.GetAwaiter().GetResult();
            pending = null;
            return result;
        }
        catch (Exception fault) when (SerialPortFaults.IsOfPort(fault))
        {
            throw SerialPortFaults.Gone(path, fault);
        }
    }
}
