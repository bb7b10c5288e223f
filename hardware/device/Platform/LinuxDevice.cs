using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Reception.Device.Platform;

/// <summary>
/// An open character device. Reads and writes wait in the kernel, for a limited time: System.IO.Ports looks every millisecond instead,
/// which costs 4 % of a processor for each port and delays each write.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxDevice : IDisposable
{
    private const uint HangUpAtClose = 0x400;

    private readonly SafeFileHandle _file;

    private LinuxDevice(SafeFileHandle file) => _file = file;

    /// <summary>Whether it is a terminal: a serial port or a pty.</summary>
    public bool IsTerminal
    {
        get
        {
            Libc.TerminalSettings settings;
            return Libc.Control(_file, Libc.GetSettings, &settings) == 0;
        }
    }

    /// <summary>Whether it has DTR, RTS and their like; a pty has not.</summary>
    public bool HasModemLines
    {
        get
        {
            int lines;
            return Libc.Control(_file, Libc.GetModemLines, &lines) == 0;
        }
    }

    /// <summary>The settings of a terminal.</summary>
    public Libc.TerminalSettings Settings
    {
        get
        {
            Libc.TerminalSettings settings;
            Control(Libc.GetSettings, &settings);
            return settings;
        }

        set => Control(Libc.SetSettings, &value);
    }

    /// <summary>Opens a device without waiting for a modem's carrier.</summary>
    /// <exception cref="IOException">With the error's number as <see cref="Exception.HResult"/>.</exception>
    public static LinuxDevice Open(string path)
    {
        var file = Libc.Open(path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec);
        return file.IsInvalid ? throw Libc.LastError() : new LinuxDevice(file);
    }

    /// <summary>Locks the device against other programs, root's too; false where another one has it.</summary>
    public bool TryLock() => Libc.Lock(_file, Libc.LockExclusiveNow) == 0;

    /// <summary>Leaves DTR as it is when the port is closed: its fall resets some boards.</summary>
    public void KeepModemLinesAtClose()
    {
        var settings = Settings;
        settings.Control &= ~HangUpAtClose;
        Settings = settings;
    }

    /// <summary>Reads what has come, or waits for it.</summary>
    /// <returns>How many bytes; 0 where none came in that time.</returns>
    /// <exception cref="IOException">The device is gone.</exception>
    public int Read(Span<byte> buffer, TimeSpan wait)
    {
        if (!IsReady(Libc.PollIn, wait))
        {
            return 0;
        }

        fixed (byte* bytes = buffer)
        {
            return Libc.Read(_file, bytes, (nuint)buffer.Length) switch
            {
                > 0 and var count => (int)count,
                < 0 when Marshal.GetLastPInvokeError() is Libc.TryAgain or Libc.Interrupted => 0,
                < 0 => throw Libc.LastError(),
                _ => throw new IOException("end of file"),
            };
        }
    }

    /// <summary>Writes what the device takes, once it takes something.</summary>
    /// <returns>How many bytes; 0 where it took none in that time.</returns>
    /// <exception cref="IOException">The device is gone.</exception>
    public int Write(ReadOnlySpan<byte> bytes, TimeSpan wait)
    {
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                var written = Libc.Write(_file, pointer, (nuint)bytes.Length);
                if (written >= 0)
                {
                    return (int)written;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Libc.Interrupted:
                    case Libc.TryAgain when IsReady(Libc.PollOut, wait):
                        break;
                    case Libc.TryAgain:
                        return 0;
                    default:
                        throw Libc.LastError();
                }
            }
        }
    }

    /// <summary>Calls ioctl(2).</summary>
    /// <exception cref="IOException">The device refuses it.</exception>
    public void Control(uint request, void* argument)
    {
        if (Libc.Control(_file, request, argument) != 0)
        {
            throw Libc.LastError();
        }
    }

    /// <summary>Closes the device, once a call on another thread has returned.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Waits for the event; a device that is gone is ready for everything, and the read or write that follows says so.</summary>
    private bool IsReady(short wanted, TimeSpan wait)
    {
        var isHeld = false;
        try
        {
            _file.DangerousAddRef(ref isHeld);
            var watched = new Libc.Watched { File = (int)_file.DangerousGetHandle(), Wanted = wanted };
            return Libc.Poll(&watched, 1, (int)Math.Ceiling(wait.TotalMilliseconds)) > 0;
        }
        finally
        {
            if (isHeld)
            {
                _file.DangerousRelease();
            }
        }
    }
}
