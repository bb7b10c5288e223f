using System.Text.Json.Serialization;

namespace Reception.Kiosk.Hub;

/// <summary>Data of <c>ticket.request</c>.</summary>
internal sealed record TicketRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Service,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lane,
    string Language)
{
    /// <summary>Further services, in order; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Services { get; init; }

    /// <summary>The code of a booked time, which knows its service.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Appointment { get; init; }
}

/// <summary>Data of <c>ticket.withdraw</c>.</summary>
internal sealed record TicketWithdraw(Guid Report);
