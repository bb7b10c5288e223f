using System.Text.Json.Serialization;

namespace Reception.Kiosk.Hub;

/// <summary>Data of <c>ticket.request</c>.</summary>
internal sealed record TicketRequest(string Service, string Lane, string Language);

/// <summary>Data of <c>ticket.withdraw</c>.</summary>
internal sealed record TicketWithdraw(Guid Report);

/// <summary>Data of <c>ticket.printed</c>.</summary>
internal sealed record TicketPrinted(Guid Ticket, string Outcome)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Copy { get; init; }
}
