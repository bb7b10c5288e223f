using System.Runtime.InteropServices;

namespace Reception.Device.Serial;

/// <summary>An open terminal.</summary>
internal sealed unsafe class TerminalPort(int file, string path) : ISerialPort
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    private readonly Lock _writing = new();
    private int _file = file;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan wait)
    {
        if (!Ready(Termios.PollIn, (int)Math.Ceiling(wait.TotalMilliseconds)))
        {
            return 0;
        }

        fixed (byte* bytes = buffer)
        {
            var taken = Termios.Read(_file, bytes, (nuint)buffer.Length);
            return taken switch
            {
                > 0 => (int)taken,
                < 0 when Marshal.GetLastPInvokeError() is Termios.TryAgain or Termios.Interrupted => 0,
                < 0 => throw Gone(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())),
                _ => throw Gone("end of file"),
            };
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            while (!bytes.IsEmpty)
            {
                bytes = WriteSome(bytes, LongestWrite) is > 0 and var written ? bytes[written..] : throw Gone("it takes no more bytes");
            }
        }
    }

    /// <summary>Puts on the line what it takes, once it takes something.</summary>
    /// <returns>How many bytes; 0 where it took none in that time.</returns>
    /// <exception cref="IOException">The line is gone.</exception>
    public int WriteSome(ReadOnlySpan<byte> bytes, TimeSpan wait)
    {
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                var written = Termios.Write(_file, pointer, (nuint)bytes.Length);
                if (written >= 0)
                {
                    return (int)written;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Termios.Interrupted:
                    case Termios.TryAgain when Ready(Termios.PollOut, (int)Math.Ceiling(wait.TotalMilliseconds)):
                        break;
                    case Termios.TryAgain:
                        return 0;
                    case var error:
                        throw Gone(Marshal.GetPInvokeErrorMessage(error));
                }
            }
        }
    }

    /// <summary>Takes back what was written and has not left yet; of a device that is no terminal nothing can be.</summary>
    public void Discard() => _ = Termios.Flush(_file, Termios.FlushOutput);

    public void Dispose()
    {
        lock (_writing)
        {
            if (_file >= 0)
            {
                _ = Termios.Close(_file);
                _file = -1;
            }
        }
    }

    /// <summary>Waits for the event; an unplugged line is ready for everything, and the read or write that follows says so.</summary>
    private bool Ready(short wanted, int milliseconds)
    {
        var watched = new Termios.Watched { File = _file, Wanted = wanted };
        return Termios.Poll(&watched, 1, milliseconds) > 0;
    }

    private IOException Gone(string why) => new($"The line {path} is gone: {why}.");
}
