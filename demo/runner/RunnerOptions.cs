using System.Globalization;

namespace Reception.Runner;

/// <summary>
/// What <c>./run</c> was asked for, as <c>NAME=VALUE</c>; an empty value stands for none. <c>./run</c> has checked each: paths are
/// absolute, ports are 1 to 65535.
/// </summary>
internal sealed record RunnerOptions
{
    private RunnerOptions(IReadOnlyDictionary<string, string> values)
    {
        Root = values["root"];
        Programs = values["programs"];
        Data = values["data"];
        Hall = values["hall"];
        RoomInMiB = Number(values["room"])!.Value;
        HttpPort = Number(values["http"])!.Value;
        KioskPort = Number(values["kiosk"])!.Value;
        RaterPort = Number(values["rater"])!.Value;
        MqttPort = Number(values["mqtt"])!.Value;
        ProvincePort = Number(values["province-port"])!.Value;
        PrinterPort = Number(values["printer-port"]);
        Province = Text(values["province"]);
        ProvinceTokenAddress = Text(values["province-token-url"]);
        Printer = Text(values["printer"]);
        PrinterProfile = Text(values["printer-profile"]);
        Simulate = values["simulate"] == "yes";
        BenchRater = values["bench-rater"] == "yes";
    }

    /// <summary>The checkout.</summary>
    public string Root { get; }

    /// <summary>The built programs, each in a folder of its own.</summary>
    public string Programs { get; }

    /// <summary>The folder where everything is kept.</summary>
    public string Data { get; }

    /// <summary>The hall's file.</summary>
    public string Hall { get; }

    /// <summary>The free space that a hall needs on the disk of <see cref="Data"/>.</summary>
    public int RoomInMiB { get; }

    public int HttpPort { get; }
    public int KioskPort { get; }
    public int RaterPort { get; }
    public int MqttPort { get; }
    public int ProvincePort { get; }

    /// <summary>The virtual printer's port; null for the first free one.</summary>
    public int? PrinterPort { get; }

    /// <summary>The address that events are posted to; null for this demonstration's receiver.</summary>
    public string? Province { get; }

    public string? ProvinceTokenAddress { get; }

    /// <summary>The kiosk's printer; null for the virtual one.</summary>
    public string? Printer { get; }

    /// <summary>The name of a profile that the kiosk brings, or a file; null for the printer's own default.</summary>
    public string? PrinterProfile { get; }

    public bool Simulate { get; }
    public bool BenchRater { get; }

    public static RunnerOptions Read(IEnumerable<string> arguments) =>
        new(arguments.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]));

    /// <summary>The hall that the checkout brings.</summary>
    public string OwnHall => Path.Combine(Root, "demo", "hall.json");

    /// <summary>A file or folder of the hall's data.</summary>
    public string DataPath(params ReadOnlySpan<string> parts) => Path.Combine([Data, .. parts]);

    private static string? Text(string value) => value.Length == 0 ? null : value;

    private static int? Number(string value) => value.Length == 0 ? null : int.Parse(value, CultureInfo.InvariantCulture);
}
