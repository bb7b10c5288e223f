using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Reception.Device.Platform;

/// <summary>
/// The calls of the C library that .NET has no class for: open(2), read(2), write(2), poll(2), flock(2) and ioctl_tty(2), with the
/// numbers of Linux on x86-64, arm64 and arm.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Libc
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

    public const short PollIn = 0x1;
    public const short PollOut = 0x4;

    /// <summary>LOCK_EX | LOCK_NB.</summary>
    public const int LockExclusiveNow = 2 | 4;

    /// <summary>TCGETS.</summary>
    public const uint GetSettings = 0x5401;

    /// <summary>TCSETS.</summary>
    public const uint SetSettings = 0x5402;

    /// <summary>TIOCMGET.</summary>
    public const uint GetModemLines = 0x5415;

    /// <summary>TIOCGPTN: the number of a pseudo-terminal.</summary>
    public const uint GetPtyNumber = 0x80045430;

    /// <summary>TIOCSPTLCK: a new pseudo-terminal is locked.</summary>
    public const uint SetPtyLock = 0x40045431;

    private const string Library = "libc";

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Watched
    {
        public int File;
        public short Wanted;
        public short Happened;
    }

    /// <summary>The kernel's settings of a terminal, as TCGETS gives them.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TerminalSettings
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public fixed byte Characters[19];
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Watched* files, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, void* argument);

    /// <summary>The error of the call before, with its number as <see cref="Exception.HResult"/>.</summary>
    public static IOException LastError()
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }
}
