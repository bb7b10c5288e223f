using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>The printers that can print now, for a person who wants a copy of a slip.</summary>
internal sealed class CopyPrinters(IEnumerable<DeviceDocument> devices)
{
    private readonly IReadOnlyList<DeviceDocument> _ready = [.. devices.Where(CanPrint)];

    /// <summary>
    /// Where a copy comes out: at the desk of who asks, where it has a printer; else where the ticket was taken; else at any
    /// kiosk. Null where no printer can print.
    /// </summary>
    public string? For(string? issuer, int? counter = null) => _ready
        .Where(device => device.Kind != DeviceKinds.CounterAgent || device.Counter == counter)
        .OrderBy(device => device.Kind == DeviceKinds.CounterAgent ? 0 : device.Id == issuer ? 1 : 2)
        .FirstOrDefault()?.Id;

    /// <summary>An agent has a printer where it told of one; a kiosk always has.</summary>
    private static bool CanPrint(DeviceDocument device) => device.Online == true && (device.Printer is { } printer
        ? PrinterTroubles.Prints(printer)
        : device.Kind is DeviceKinds.Kiosk or DeviceKinds.Printer);
}
