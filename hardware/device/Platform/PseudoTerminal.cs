using System.Globalization;
using System.Runtime.Versioning;

namespace Reception.Device.Platform;

/// <summary>
/// A serial cable in software: a program opens <see cref="Path"/> as its serial port, and this is the other end. It is raw from the
/// start: a new one echoes and edits lines, which no wire does.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class PseudoTerminal : IDisposable
{
    // CS8, CREAD and CLOCAL.
    private const uint EightBits = 0x30;
    private const uint CanRead = 0x80;
    private const uint IgnoreModemLines = 0x800;

    private readonly LinuxDevice _master = LinuxDevice.Open("/dev/ptmx");
    private LinuxDevice? _held;

    /// <exception cref="IOException">This machine has no pseudo-terminal left.</exception>
    public PseudoTerminal()
    {
        int number, isLocked = 0;
        _master.Control(Libc.SetPtyLock, &isLocked);
        _master.Control(Libc.GetPtyNumber, &number);
        Path = string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{number}");
        var settings = Settings;
        (settings.Input, settings.Output, settings.Local) = (0, 0, 0);
        settings.Control |= EightBits | CanRead | IgnoreModemLines;
        Settings = settings;
    }

    /// <summary>The port that a program opens.</summary>
    public string Path { get; }

    /// <summary>The settings of the port.</summary>
    public Libc.TerminalSettings Settings
    {
        get => _master.Settings;
        set => _master.Settings = value;
    }

    /// <summary>Keeps the port open, so that bytes wait while no program has it.</summary>
    public void Hold() => _held ??= LinuxDevice.Open(Path);

    /// <inheritdoc cref="LinuxDevice.Read"/>
    public int Read(Span<byte> buffer, TimeSpan wait) => _master.Read(buffer, wait);

    /// <inheritdoc cref="LinuxDevice.Write"/>
    public int Write(ReadOnlySpan<byte> bytes, TimeSpan wait) => _master.Write(bytes, wait);

    /// <summary>Pulls the cable out.</summary>
    public void Dispose()
    {
        _held?.Dispose();
        _master.Dispose();
    }
}
