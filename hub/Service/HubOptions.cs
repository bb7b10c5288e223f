using System.Text.Json;
using Reception.Hub.Broker;
using Reception.Hub.Phones;
using Reception.Hub.Province;
using Reception.Protocol;

namespace Reception.Hub;

/// <summary>The hub's configuration: one JSON file, checked before anything starts.</summary>
internal sealed record HubOptions
{
    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Where screens and programs find the hub, as <c>http://127.0.0.1:8080</c>; several with <c>;</c>.</summary>
    public required string Http { get; init; }

    /// <summary>The address that citizens' phones reach, so that a ticket's link is absolute; or null.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>Where devices find the hub.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    public ProvinceOptions Province { get; init; } = new();

    /// <summary>Opens every service at every hour; it overrides the opening hours but not the 15:00 line.</summary>
    public bool AlwaysOpen { get; init; }

    /// <summary>Tickets a device may ask for in a minute; 0 sets no limit.</summary>
    public int TicketsPerDeviceAndMinute { get; init; } = 30;

    /// <summary>Limits of taking numbers by phone.</summary>
    public PhoneOptions Phone { get; init; } = new();

    /// <summary>Where the demonstration's other screens are; only beside demonstration accounts.</summary>
    public DemonstrationEntry? Demonstration { get; init; }

    /// <summary>Reads and checks the file; what is wrong is one line that names the key, the value and what is allowed.</summary>
    public static HubOptions Load(string path)
    {
        HubOptions? options;
        try
        {
            options = JsonSerializer.Deserialize<HubOptions>(File.ReadAllBytes(path), ProtocolJson.Options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartException($"{path}: {exception.Message}");
        }

        if ((options is null ? "the file is empty" : options.Fault()) is { } fault)
        {
            throw new StartException($"{path}: {fault}");
        }

        return options!;
    }

    /// <summary>The addresses to listen on.</summary>
    public IEnumerable<Uri> Addresses() => Http.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => new Uri(text));

    /// <summary>Whether a text is an address such as <c>http://192.0.2.10:8080</c>.</summary>
    public static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private string? Fault()
    {
        if (!Directory.Exists(Data))
        {
            return $"data: the folder '{Data}' is not there; make it with `hub setup --data {Data}`.";
        }

        foreach (var text in Http.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(text))
            {
                return $"http: '{text}' is no address; write one such as http://127.0.0.1:8080.";
            }
        }

        if (PublicAddress is not null && !IsAddress(PublicAddress))
        {
            return $"publicAddress: '{PublicAddress}' is no address; write one such as http://192.0.2.10:8080, or leave it out.";
        }

        return TicketsPerDeviceAndMinute < 0
            ? $"ticketsPerDeviceAndMinute: {TicketsPerDeviceAndMinute} is not allowed; 0 sets no limit, else 1 and more."
            : Mqtt.Fault() ?? Phone.Fault() ?? Province.Fault();
    }
}

/// <summary>Where the demonstration's other screens are.</summary>
internal sealed record DemonstrationEntry(string? Kiosk, string? Rater, string? Receiver);
