using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>The printers that can print now, for a person who wants a copy of a slip.</summary>
internal sealed class CopyPrinters(IEnumerable<DeviceDocument> devices)
{
    private readonly IReadOnlyList<DeviceDocument> _ready = [.. devices.Where(device => Obstacle(device) is null)];

    /// <summary>
    /// Where a copy comes out: at the desk of who asks, where it has a printer; else where the ticket was taken; else at any
    /// kiosk. Null where no printer can print.
    /// </summary>
    public string? For(string? issuer, int? counter = null) => _ready
        .Where(device => device.Kind != DeviceKinds.CounterAgent || device.Counter == counter)
        .OrderBy(device => device.Kind == DeviceKinds.CounterAgent ? 0 : device.Id == issuer ? 1 : 2)
        .FirstOrDefault()?.Id;

    /// <summary>
    /// What keeps a device from printing a copy now, as a code that the strings have words for under <c>copy.</c>; null where nothing does.
    /// An agent has a printer where it told of one; a kiosk always has.
    /// </summary>
    public static string? Obstacle(DeviceDocument device) => device switch
    {
        { Online: false } => "away",
        { Printer: { } printer } => PrinterTroubles.Prints(printer) ? null : "printer",
        { Kind: DeviceKinds.Kiosk or DeviceKinds.Printer } => null,
        _ => "no-printer",
    };
}
