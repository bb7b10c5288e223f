namespace Reception.Runner;

/// <summary>What <c>./run</c> is asked for, checked: paths are absolute, ports are 1 to 65535.</summary>
internal sealed record RunnerOptions
{
    /// <summary>The checkout.</summary>
    public required string Root { get; init; }

    /// <summary>The built programs, each in a folder of its own.</summary>
    public string Programs { get; init; } = "";

    /// <summary>The folder where everything is kept.</summary>
    public required string Data { get; init; }

    /// <summary>Whether that folder is emptied first.</summary>
    public bool Fresh { get; init; }

    /// <summary>The hall's file that is asked for; null for the one that the data folder keeps, or the checkout's.</summary>
    public string? HallAsked { get; init; }

    public required int HttpPort { get; init; }
    public required int KioskPort { get; init; }
    public required int RaterPort { get; init; }
    public required int MqttPort { get; init; }
    public required int ProvincePort { get; init; }

    /// <summary>The virtual printer's port; null for the first free one.</summary>
    public int? PrinterPort { get; init; }

    /// <summary>The address that events are posted to; null for this demonstration's receiver.</summary>
    public string? Province { get; init; }

    public string? ProvinceTokenAddress { get; init; }

    /// <summary>The kiosk's printer; null for the virtual one.</summary>
    public string? Printer { get; init; }

    /// <summary>The name of a profile that the kiosk brings, or a file; null for the printer's own default.</summary>
    public string? PrinterProfile { get; init; }

    public bool Simulate { get; init; }

    /// <summary>How long the simulated past is, as <c>12m</c> or <c>30d</c>; null for none.</summary>
    public string? History { get; init; }

    public bool BenchRater { get; init; }

    /// <summary>The hall that the checkout brings.</summary>
    public string OwnHall => Path.Combine(Root, "demo", "hall.json");

    /// <summary>The hall's file.</summary>
    public string Hall => HallAsked ?? (File.Exists(DataPath("hall.json")) ? DataPath("hall.json") : OwnHall);

    /// <summary>A file or folder of the hall's data.</summary>
    public string DataPath(params ReadOnlySpan<string> parts) => Path.Combine([Data, .. parts]);
}
