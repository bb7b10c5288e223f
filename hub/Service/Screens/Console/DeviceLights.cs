using Reception.Hub.Devices;
using Reception.Protocol;

namespace Reception.Hub.Screens.Console;

/// <summary>The devices that an officer cares for: the raters of the counter, and the printers that citizens' slips come from.</summary>
internal sealed class DeviceLights(DeviceList devices, TimeProvider clock)
{
    // Every console asks at every change of the hall; devices change in seconds.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IReadOnlyList<DeviceDocument> _read = [];
    private long? _readAt;

    public IReadOnlyList<DeviceLight> At(int counter)
    {
        var now = Read();
        var raters = now.Where(device => device.Kind == DeviceKinds.Rater && device.Counter == counter)
            .Select(device => new DeviceLight(device.Id, "rater", Online(device)));
        var boxes = now.Where(device => device.Counter == counter)
            .SelectMany(device => (device.SerialPorts ?? []).Where(line => line.Role == "rater").Select(line => new DeviceLight(device.Id, "rater", Online(device, line))));
        // A kiosk that was never heard of is registered for later: it is no fault of today.
        var printer = now.Where(device => (device.Kind == DeviceKinds.Kiosk && device.LastSeen is not null) || (device.Counter == counter && device.Printer is not null))
            .Select(device => new DeviceLight(device.Id, "printer", Printing(device)))
            .OrderByDescending(light => Array.IndexOf(FromBest, light.State)).Take(1);
        return [.. raters, .. boxes, .. printer];
    }

    /// <summary>Where copies of slips can be printed now.</summary>
    public CopyPrinters Printers() => new(Read());

    /// <summary>Every printer that something ails, the gravest trouble of each.</summary>
    public IEnumerable<(string Device, string Trouble)> AilingPrinters() => Read()
        .SelectMany(device => Troubles(device).Take(1).Select(trouble => (device.Id, trouble)));

    private static readonly string[] FromBest =
    [
        "online", "paper-low", "temperature", "other", "cutter", "cover-open", "offline", "away",
        PrinterTroubles.Copy, "paper-out",
    ];

    private IReadOnlyList<DeviceDocument> Read()
    {
        lock (_lock)
        {
            if (_readAt is not { } at || clock.GetElapsedTime(at) > Fresh)
            {
                _read = devices.Read();
                _readAt = clock.GetTimestamp();
            }

            return _read;
        }
    }

    private static string Online(DeviceDocument device) => device.Online ? "online" : "away";

    /// <summary>A box is as well as its agent, and its line.</summary>
    private static string Online(DeviceDocument agent, SerialHealth line) => agent.Online && line.State != "open" ? "away" : Online(agent);

    private static string Printing(DeviceDocument device) =>
        Troubles(device).FirstOrDefault() ?? Online(device);

    /// <summary>Of a device that is away only this is known: a copy that it owes.</summary>
    private static IEnumerable<string> Troubles(DeviceDocument device) =>
        device.Online ? device.Troubles : device.Troubles.Where(trouble => trouble == PrinterTroubles.Copy);
}
