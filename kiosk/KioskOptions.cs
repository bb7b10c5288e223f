using Reception.Device.Paper;
using Reception.Device.Settings;
using Reception.Hosting.Settings;

namespace Reception.Kiosk;

/// <summary>The kiosk's settings.</summary>
internal sealed record KioskOptions : DeviceOptions, IScreenOptions, IPrinterOptions
{
    /// <summary>Where the screen is served: on this machine only, for whoever reaches it can take numbers.</summary>
    [LoopbackAddress]
    public required Uri Http { get; init; }

    /// <summary>Where the catalogue and the address for phones are fetched.</summary>
    [SecretAddress]
    public required Uri Hub { get; init; }

    /// <inheritdoc/>
    [PrinterAddress]
    public required string Printer { get; init; }

    /// <inheritdoc/>
    [PrinterProfile]
    public string? PrinterProfile { get; init; }

    /// <inheritdoc/>
    [TicketTemplate]
    public string? TicketTemplate { get; init; }
}
