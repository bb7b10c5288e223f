namespace Reception.Kiosk.Hub;

/// <summary>Data of <c>ticket.request</c>.</summary>
internal sealed record TicketRequest(string Service, string Lane, string Language);

/// <summary>Data of <c>ticket.withdraw</c>.</summary>
internal sealed record TicketWithdraw(Guid Report);
