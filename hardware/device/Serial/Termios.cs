using System.Runtime.InteropServices;

namespace Reception.Device.Serial;

/// <summary>
/// What is used of the C library's terminals, as termios(3), open(2), poll(2) and ioctl_tty(2) declare it for Linux with glibc
/// (the same on x86-64, arm64 and arm).
/// </summary>
internal static unsafe partial class Termios
{
    public const int ReadWrite = 0x2;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoDeviceOrAddress = 6;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int DeviceBusy = 16;
    public const int NoDevice = 19;
    public const int IsDirectory = 21;

    public const short PollIn = 0x1;
    public const short PollOut = 0x4;

    /// <summary>LOCK_EX | LOCK_NB.</summary>
    public const int LockExclusiveNow = 2 | 4;

    public const int SetNow = 0;

    /// <summary>TCIFLUSH: what came before the port was opened.</summary>
    public const int FlushInput = 0;

    /// <summary>TCOFLUSH: what was written and has not left yet.</summary>
    public const int FlushOutput = 1;

    private const uint CanRead = 0x80;
    private const uint HangUpAtClose = 0x400;
    private const uint IgnoreModemLines = 0x800;
    private const uint TwoStopBits = 0x40;
    private const uint HardwareFlowControl = 0x80000000;
    private const uint SoftwareFlowControl = 0x400;
    private const string Library = "libc";

    /// <summary>struct termios.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Settings
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public fixed byte Characters[32];
        public uint InputSpeed;
        public uint OutputSpeed;
    }

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Watched
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Watched* files, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(int file, int operation);

    [LibraryImport(Library, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetSettings(int file, Settings* settings);

    [LibraryImport(Library, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetSettings(int file, int when, Settings* settings);

    [LibraryImport(Library, EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Flush(int file, int queue);

    [LibraryImport(Library, EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(Settings* settings);

    [LibraryImport(Library, EntryPoint = "cfsetspeed", SetLastError = true)]
    private static partial int SetSpeed(Settings* settings, uint speed);

    /// <summary>Raw, 8N1, modem lines ignored, and DTR left alone at the close (HUPCL), which resets some boards.</summary>
    public static void MakeSerial(ref Settings settings, int baud, FlowControl flow = FlowControl.None)
    {
        fixed (Settings* pointer = &settings)
        {
            MakeRaw(pointer);
            _ = SetSpeed(pointer, SpeedOf(baud));
        }

        settings.Control |= CanRead | IgnoreModemLines;
        settings.Control &= ~(HangUpAtClose | TwoStopBits | HardwareFlowControl);
        settings.Control |= flow == FlowControl.RtsCts ? HardwareFlowControl : 0;
        settings.Input |= flow == FlowControl.XonXoff ? SoftwareFlowControl : 0;
    }

    private static uint SpeedOf(int baud) => baud switch
    {
        9600 => 0xD,
        19200 => 0xE,
        38400 => 0xF,
        57600 => 0x1001,
        115200 => 0x1002,
        _ => throw new ArgumentOutOfRangeException(nameof(baud), baud, "A serial line runs at 9600, 19200, 38400, 57600 or 115200 baud."),
    };
}
