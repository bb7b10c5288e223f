namespace Reception.Protocol.Serial;

/// <summary>Gets the body of a frame, valid during the call alone.</summary>
public delegate void FrameHandler(ReadOnlySpan<byte> body);

/// <summary>
/// Finds frames in a stream of bytes. Whatever is no frame is skipped up to the next <c>$</c> and counted; no input makes it
/// throw or grow. One decoder serves one line, from one thread.
/// </summary>
public sealed class FrameDecoder
{
    private readonly byte[] _frame = new byte[Frame.Longest];
    private int _length;
    private bool _inFrame;

    /// <summary>Frames begun that did not end as frames.</summary>
    public long BadFrames { get; private set; }

    /// <summary>Takes bytes as they come, in pieces of any size, and hands out the bodies of whole frames.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, FrameHandler handler)
    {
        while (!bytes.IsEmpty)
        {
            if (!_inFrame)
            {
                var start = bytes.IndexOf((byte)'$');
                if (start < 0)
                {
                    return;
                }

                bytes = bytes[(start + 1)..];
                (_inFrame, _length) = (true, 0);
            }
            else
            {
                Take(bytes[0], handler);
                bytes = bytes[1..];
            }
        }
    }

    /// <summary>Forgets a frame that is half read, as after the port was opened anew.</summary>
    public void Reset() => _inFrame = false;

    private void Take(byte value, FrameHandler handler)
    {
        if (value == '$')
        {
            // A frame was cut off: the next begins here.
            BadFrames++;
            _length = 0;
        }
        else if (value == '\n')
        {
            _inFrame = false;
            if (Body() is { IsEmpty: false } body)
            {
                handler(body);
            }
            else
            {
                BadFrames++;
            }
        }
        else if (_length >= Frame.Longest - 2 || (value != '\r' && value != '*' && !Frame.IsBodyByte(value)))
        {
            BadFrames++;
            _inFrame = false;
        }
        else
        {
            _frame[_length++] = value;
        }
    }

    /// <summary>The body of the frame that was read, or nothing where it is none.</summary>
    private ReadOnlySpan<byte> Body()
    {
        var frame = _frame.AsSpan(0, _length);
        var bodyLength = _length - 1 - Frame.CrcDigits - 1;
        if (bodyLength is < 1 or > Frame.LongestBody || frame[^1] != '\r' || frame[bodyLength] != '*'
            || frame[..bodyLength].IndexOfAny((byte)'*', (byte)'\r') >= 0 || !TryReadCrc(frame.Slice(bodyLength + 1, Frame.CrcDigits), out var crc))
        {
            return default;
        }

        var body = frame[..bodyLength];
        return Crc16.Of(body) == crc ? body : default;
    }

    private static bool TryReadCrc(ReadOnlySpan<byte> digits, out ushort crc)
    {
        crc = 0;
        foreach (var digit in digits)
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            crc = (ushort)((crc << 4) | value);
        }

        return true;
    }
}
