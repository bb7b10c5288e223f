using System.Text.RegularExpressions;

namespace Reception.Device.Serial;

/// <summary>
/// The serial ports as Windows' registry has them: the names under <c>HARDWARE\DEVICEMAP\SERIALCOMM</c>, and the identity of the USB
/// adapter behind a name under <c>SYSTEM\CurrentControlSet\Enum</c>. Adapters that were plugged in once stay there: those that a
/// driver counts as present are taken.
/// </summary>
internal static partial class WindowsPortList
{
    private const string Ports = @"HARDWARE\DEVICEMAP\SERIALCOMM";
    private const string Devices = @"SYSTEM\CurrentControlSet\Enum";
    private const string Drivers = @"SYSTEM\CurrentControlSet\Services";

    // FTDI's driver has a bus of its own, whose devices carry the chip's serial number in their name.
    private static readonly string[] Buses = ["USB", "FTDIBUS"];

    public static IReadOnlyList<ListedPort> Read(IRegistry registry)
    {
        var adapters = Adapters(registry).ToLookup(adapter => adapter.Path, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from name in registry.Names(Ports)
               let path = registry.Text(Ports, name)
               where path is not null
               orderby path.Length, path
               select adapters[path].FirstOrDefault() ?? new ListedPort(path, [], null, null, null),
        ];
    }

    private static IEnumerable<ListedPort> Adapters(IRegistry registry) =>
        from bus in Buses
        from kind in registry.Keys($@"{Devices}\{bus}")
        let identity = Identity().Match(kind)
        where identity.Success
        from instance in registry.Keys($@"{Devices}\{bus}\{kind}")
        let key = $@"{Devices}\{bus}\{kind}\{instance}"
        let path = registry.Text($@"{key}\Device Parameters", "PortName")
        where path is not null && IsPresent(registry, key, $@"{bus}\{kind}\{instance}")
        select new ListedPort(
            path,
            [],
            $"{identity.Groups["vendor"].Value}:{identity.Groups["product"].Value}".ToLowerInvariant(),
            Product(registry, key, path),
            SerialOf(identity.Groups["serial"].Value, instance));

    private static bool IsPresent(IRegistry registry, string key, string device)
    {
        var present = $@"{Drivers}\{registry.Text(key, "Service")}\Enum";
        return registry.Names(present).Any(name => string.Equals(registry.Text(present, name), device, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Product(IRegistry registry, string key, string path)
    {
        var maker = Words(registry.Text(key, "Mfg"));
        var product = Words(registry.Text(key, "FriendlyName") ?? registry.Text(key, "DeviceDesc")).Replace($"({path})", "", StringComparison.OrdinalIgnoreCase);
        var both = $"{maker} {product}".Trim();
        return both.Length > 0 ? both : null;
    }

    /// <summary>A text such as <c>@oem4.inf,%maker%;wch.cn</c> ends with the words themselves.</summary>
    private static string Words(string? text) => text?[(text.LastIndexOf(';') + 1)..] ?? "";

    /// <summary>The serial number that the adapter says; Windows makes one with <c>&amp;</c> for an adapter without.</summary>
    private static string? SerialOf(string ofFtdi, string instance) => (ofFtdi, instance) switch
    {
        // The last letter is the chip's channel.
        ({ Length: > 1 }, _) when !ofFtdi.Contains('&', StringComparison.Ordinal) => ofFtdi[..^1],
        ("", _) when !instance.Contains('&', StringComparison.Ordinal) => instance,
        _ => null,
    };

    [GeneratedRegex(@"^VID_(?<vendor>[0-9A-F]{4})[&+]PID_(?<product>[0-9A-F]{4})(\+(?<serial>.+))?", RegexOptions.IgnoreCase)]
    private static partial Regex Identity();
}
