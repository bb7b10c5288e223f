using System.Runtime.InteropServices;

namespace Reception.VirtualPrinter;

/// <summary>A pseudo-terminal under a symbolic link: a serial line or a USB line printer to whoever opens it.</summary>
internal sealed partial class PtyLine(string link, Printer printer) : ILine
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;

    private volatile Cable? cable;

    public string Name => link;

    public void Plug()
    {
        if (cable is not null)
        {
            return;
        }

        var mine = Checked(OpenMaster(ReadWrite | NoControllingTerminal));
        Checked(Grant(mine));
        Checked(Unlock(mine));
        var name = Marshal.PtrToStringUTF8(NameOf(mine)) ?? throw new IOException("The pseudo-terminal has no name.");
        // Held open, so that the line lives while no program has it; and made raw, so that no byte is changed or echoed.
        var held = Checked(Open(name, ReadWrite | NoControllingTerminal));
        MakeRaw(held);
        if (new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        File.CreateSymbolicLink(link, name);
        var plugged = cable = new Cable(mine, held);
        printer.Attach(bytes => Answer(mine, bytes));
        new Thread(() => Serve(plugged)) { IsBackground = true }.Start();
    }

    public void Unplug()
    {
        if (cable is not null)
        {
            cable = null;
            printer.Attach(null);
            File.Delete(link);
        }
    }

    public void Dispose() => Unplug();

    // Whoever reads the terminal closes it: closed by another, its number could be the next terminal's while this one still reads.
    private unsafe void Serve(Cable plugged)
    {
        var buffer = new byte[1024];
        while (ReferenceEquals(plugged, cable))
        {
            var poll = new PollFile { File = plugged.Master, Events = 1 };
            if (Poll(&poll, 1, 20) <= 0 || !ReferenceEquals(plugged, cable))
            {
                continue;
            }

            nint count;
            fixed (byte* bytes = buffer)
            {
                count = Read(plugged.Master, bytes, buffer.Length);
            }

            if (count > 0)
            {
                printer.ReceiveAsync(buffer.AsMemory(0, (int)count)).GetAwaiter().GetResult();
            }
        }

        _ = Close(plugged.Held);
        _ = Close(plugged.Master);
    }

    private static unsafe void Answer(int mine, byte[] answer)
    {
        fixed (byte* bytes = answer)
        {
            _ = Write(mine, bytes, answer.Length);
        }
    }

    private static unsafe void MakeRaw(int file)
    {
        // struct termios has 60 bytes here.
        var settings = stackalloc byte[256];
        Checked(GetSettings(file, settings));
        Raw(settings);
        Checked(SetSettings(file, 0, settings));
    }

    private static int Checked(int result) =>
        result >= 0 ? result : throw new IOException($"No pseudo-terminal: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    /// <summary>The two ends of a plugged-in terminal.</summary>
    private sealed record Cable(int Master, int Held);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int file);

    [LibraryImport("libc", EntryPoint = "ptsname", SetLastError = true)]
    private static partial nint NameOf(int file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "read")]
    private static unsafe partial nint Read(int file, byte* bytes, nint length);

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint Write(int file, byte* bytes, nint length);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollFile* files, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static unsafe partial int GetSettings(int file, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static unsafe partial int SetSettings(int file, int when, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static unsafe partial void Raw(byte* settings);
}
