using Reception.Hosting.Settings;
using Reception.Hub.Backup;
using Reception.Hub.Broker;
using Reception.Hub.Phones;
using Reception.Hub.Province;

namespace Reception.Hub.Options;

/// <summary>The hub's configuration: one JSON file, checked before anything starts.</summary>
internal sealed record HubOptions : ISettings
{
    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Where screens and programs find the hub, as <c>http://127.0.0.1:8080</c>; several with <c>;</c>.</summary>
    public required string Http { get; init; }

    /// <summary>
    /// Where other machines find what needs a session or a secret. Without it, port 8443 with the hall's own certificate, where <see cref="Http"/> is not
    /// this machine alone.
    /// </summary>
    public HttpsOptions? Https { get; init; }

    /// <summary>The address that citizens' phones reach, so that a ticket's link is absolute; or null.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Where devices find the hub.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    public ProvinceOptions Province { get; init; } = new();

    /// <summary>Opens every service at every hour; it overrides the opening hours but not the 15:00 line.</summary>
    public bool AlwaysOpen { get; init; }

    /// <summary>Tickets a device may ask for in a minute; 0 sets no limit.</summary>
    [WholeNumber(0, Note = "0 sets no limit")]
    public int TicketsPerDeviceAndMinute { get; init; } = 30;

    /// <summary>Limits of taking numbers by phone.</summary>
    public PhoneOptions Phone { get; init; } = new();

    /// <summary>Where the hub makes a backup every night.</summary>
    public BackupOptions Backup { get; init; } = new();

    /// <summary>Limits of the data folder's free space.</summary>
    public DiskOptions Disk { get; init; } = new();

    /// <summary>Where the demonstration's other screens are; only beside demonstration accounts.</summary>
    public DemonstrationEntry? Demonstration { get; init; }

    /// <summary>The addresses to listen on.</summary>
    public IEnumerable<Uri> Addresses() => Http.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => new Uri(text));

    /// <summary>Whether other machines reach the hub at one of its addresses.</summary>
    public bool IsOnNetwork() => Addresses().Any(address => !address.IsLoopback);

    /// <summary>Whether a text is an address such as <c>http://192.0.2.10:8080</c>.</summary>
    public static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    /// <inheritdoc/>
    public string? Fault()
    {
        if (!Directory.Exists(Data))
        {
            return $"data: the folder '{Data}' is not there; make it with `hub setup --data {Data}`.";
        }

        foreach (var text in Http.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(text))
            {
                return $"http: '{text}' is not an address; write one such as http://127.0.0.1:8080.";
            }
        }

        if (PublicAddress is not null && !IsAddress(PublicAddress))
        {
            return $"publicAddress: '{PublicAddress}' is not an address; write one such as http://192.0.2.10:8080, or leave it out.";
        }

        if (Disk.AlarmMb > Disk.LowMb && Disk.LowMb > 0)
        {
            return $"disk.alarmMb: {Disk.AlarmMb} is more than disk.lowMb ({Disk.LowMb}); set it lower.";
        }

        return Mqtt.Tls?.Fault("mqtt.tls") ?? Https?.Fault("https") ?? Backup.Fault(Data) ?? Province.Fault();
    }
}

/// <summary>Where the demonstration's other screens are.</summary>
internal sealed record DemonstrationEntry
{
    public string? Kiosk { get; init; }

    public string? Rater { get; init; }

    public string? Receiver { get; init; }
}
