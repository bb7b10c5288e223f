using System.Runtime.InteropServices;
using System.Text;
using Reception.Device.Serial;

namespace Reception.Unit.Tests.Serial;

/// <summary>A pseudo-terminal: a program opens <see cref="Path"/> as its serial port, the test is at the other end of the line.</summary>
internal sealed unsafe partial class Pty : IDisposable
{
    private const int ReadWrite = 0x2;
    private const int NoControllingTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const short PollIn = 0x1;

    private readonly Lock _one = new();
    private readonly string? _link;
    private int _master;

    /// <param name="link">A symbolic link that leads to the pty, as udev makes them; it is taken over from another pty.</param>
    public Pty(string? link = null)
    {
        _master = OpenMaster(ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec);
        var name = stackalloc byte[64];
        if (_master < 0 || Grant(_master) != 0 || Unlock(_master) != 0 || Name(_master, name, 64) != 0)
        {
            throw new IOException("This machine gives no pseudo-terminal.");
        }

        Path = Marshal.PtrToStringUTF8((nint)name)!;
        // A new pty echoes and edits lines, which no wire does.
        Termios.Settings settings;
        _ = Termios.GetSettings(_master, &settings);
        Termios.MakeSerial(ref settings, 115200);
        _ = Termios.SetSettings(_master, Termios.SetNow, &settings);
        if ((_link = link) is not null)
        {
            File.Delete(link!);
            File.CreateSymbolicLink(link!, Path);
        }
    }

    public string Path { get; }

    public void Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Puts bytes on the line; what the other side does not read in time is lost, as on a wire.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_one)
        {
            fixed (byte* pointer = bytes)
            {
                _ = Put(_master, pointer, (nuint)bytes.Length);
            }
        }
    }

    /// <summary>What came within the time; empty where nothing did, or nobody has the port open.</summary>
    public byte[] Read(int milliseconds)
    {
        var watched = new Watched { File = _master, Wanted = PollIn };
        var bytes = stackalloc byte[1024];
        if (Poll(&watched, 1, milliseconds) <= 0 || (watched.Happened & PollIn) == 0)
        {
            return [];
        }

        var taken = Take(_master, bytes, 1024);
        return taken > 0 ? new Span<byte>(bytes, (int)taken).ToArray() : [];
    }

    /// <summary>Pulls the line out.</summary>
    public void Dispose()
    {
        lock (_one)
        {
            if (_master < 0)
            {
                return;
            }

            _ = Close(_master);
            _master = -1;
            if (_link is not null && new FileInfo(_link).LinkTarget == Path)
            {
                File.Delete(_link);
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int master);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int master);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int Name(int master, byte* name, nuint length);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Take(int file, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Put(int file, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(Watched* files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
