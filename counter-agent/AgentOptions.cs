using Reception.Device.Paper;
using Reception.Device.Settings;
using Reception.Hosting.Settings;

namespace Reception.CounterAgent;

/// <summary>The counter agent's settings.</summary>
internal sealed record AgentOptions : DeviceOptions, IPrinterOptions, ISettings
{
    private const int MostPorts = 16;

    /// <summary>The counter that its devices belong to.</summary>
    [WholeNumber(1, 999)]
    public required int Counter { get; init; }

    /// <summary>The serial devices on the counter.</summary>
    [List(MostPorts)]
    public IReadOnlyList<SerialOptions> Serial { get; init; } = [];

    /// <inheritdoc/>
    [PrinterAddress]
    public string? Printer { get; init; }

    /// <inheritdoc/>
    [PrinterProfile]
    public string? PrinterProfile { get; init; }

    /// <inheritdoc/>
    [TicketTemplate]
    public string? TicketTemplate { get; init; }

    /// <summary>Where the names on its slips come from; needed with a printer.</summary>
    [HttpAddress]
    public Uri? Hub { get; init; }

    /// <inheritdoc/>
    public string? Fault()
    {
        if (Printer is not null && Hub is null)
        {
            return $"hub is missing; with a printer, allowed is {new HttpAddressAttribute().Allowed}.";
        }

        var twice = Serial.Index().FirstOrDefault(port => Serial.Take(port.Index).Any(earlier => earlier.Path == port.Item.Path));
        return twice.Item is { } used ? $"serial[{twice.Index}].path is \"{used.Path}\"; allowed is a port that no other entry of serial has." : null;
    }
}
