using System.Text;
using Reception.Device.Platform;

namespace Reception.Unit.Tests.Serial;

/// <summary>A pseudo-terminal: a program opens <see cref="Path"/> as its serial port, the test is at the other end of the line.</summary>
internal sealed class Pty : IDisposable
{
    private readonly Lock _one = new();
    private readonly string? _link;
    private readonly PseudoTerminal _terminal = new();
    private bool _isPulled;

    /// <param name="link">A symbolic link that leads to the pty, as udev makes them; it is taken over from another pty.</param>
    public Pty(string? link = null)
    {
        if ((_link = link) is not null)
        {
            File.Delete(link!);
            File.CreateSymbolicLink(link!, Path);
        }
    }

    public string Path => _terminal.Path;

    public Libc.TerminalSettings Settings
    {
        get => _terminal.Settings;
        set => _terminal.Settings = value;
    }

    public void Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Puts bytes on the line; what the other side does not read in time is lost, as on a wire.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_one)
        {
            if (!_isPulled)
            {
                _ = _terminal.Write(bytes, TimeSpan.Zero);
            }
        }
    }

    /// <summary>What came within the time; empty where nothing did, or nobody has the port open.</summary>
    public byte[] Read(int milliseconds)
    {
        var bytes = new byte[1024];
        try
        {
            return bytes[.._terminal.Read(bytes, TimeSpan.FromMilliseconds(milliseconds))];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Pulls the line out.</summary>
    public void Dispose()
    {
        lock (_one)
        {
            _isPulled = true;
            _terminal.Dispose();
            if (_link is not null && new FileInfo(_link).LinkTarget == Path)
            {
                File.Delete(_link);
            }
        }
    }
}
