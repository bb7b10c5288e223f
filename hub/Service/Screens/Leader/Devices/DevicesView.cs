using Reception.Hub.Devices;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Devices;

/// <summary>The devices of the hall as they are known at one moment.</summary>
/// <param name="At">When they were read.</param>
/// <param name="Devices">All of them.</param>
/// <param name="MayChange">Whether the reader may name, move, identify and revoke them.</param>
public sealed record DevicesView(DateTimeOffset At, IReadOnlyList<DeviceLine> Devices, bool MayChange)
{
    internal static DevicesView Of(DeviceList devices, DateTimeOffset at, bool mayChange) => new(
        at,
        [.. devices.Read().Select(device => new DeviceLine(
            device.Id, device.Name, device.Kind, device.Counter, device.Online, device.LastSeen, device.Software, device.Printer,
            [.. device.Faults.Select(fault => new DeviceFault(fault.Code, fault.Message, fault.At))],
            device.SerialPorts ?? []))],
        mayChange);

    public int Online => Devices.Count(device => device.Online);

    public int Away => Devices.Count(device => device.IsAway);

    /// <summary>Registered, and not heard since the hub started.</summary>
    public int Never => Devices.Count(device => !device.Online && !device.IsAway);

    public int ToLookAt => Devices.Count(device => !device.IsAway && device.NeedsALook);

    /// <summary>What is away first, then what is faulty, then the others.</summary>
    public IEnumerable<DeviceLine> Sorted => Devices
        .OrderBy(device => device.IsAway ? 0 : device.NeedsALook ? 1 : !device.Online ? 3 : 2)
        .ThenBy(device => device.Kind, StringComparer.Ordinal)
        .ThenBy(device => device.Counter)
        .ThenBy(device => device.Id, StringComparer.Ordinal);
}

/// <summary>One device.</summary>
public sealed record DeviceLine(
    string Id, string? Name, string Kind, int? Counter, bool Online, DateTimeOffset? LastSeen, string? Software, PrinterStatus? Printer, IReadOnlyList<DeviceFault> Faults,
    IReadOnlyList<SerialHealth> SerialPorts)
{
    public bool IsAway => !Online && LastSeen is not null;

    /// <summary><c>online</c>, <c>away</c>, or <c>never</c> heard since the hub started.</summary>
    public string State => Online ? "online" : IsAway ? "away" : "never";

    public bool NeedsALook => Faults.Count > 0 || SerialPorts.Any(line => line.State != "open" || line.Stuck.Count > 0);
}

/// <summary>What a device, or the hub about it, complains of.</summary>
public sealed record DeviceFault(string Code, string Message, DateTimeOffset? At)
{
    /// <summary>Whether it is a printer's that prints nothing now.</summary>
    public bool StopsPaper => PrinterTrouble is { } trouble && !PrinterTroubles.StillPrints(trouble);

    private string? PrinterTrouble => PrinterTroubles.OfFault(Code);

    public string What(Words words) => PrinterTrouble is { } trouble ? words["printer." + trouble] : Message.Length > 0 ? Message : Code;

    /// <summary>What to do about it, where that is known.</summary>
    public string? Todo(Words words) => PrinterTrouble is { } trouble ? words[$"printer.{trouble}.do"] : null;
}
