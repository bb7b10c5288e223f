namespace Reception.Hall;

/// <summary>A citizen, an officer or the kiosk that gave up cancels a ticket that is not being served.</summary>
public sealed record CancelTicket(Guid Ticket, string? Officer, string? Reason) : HallCommand
{
    /// <summary>The citizen cancelled it on the phone.</summary>
    public const string ByPhone = "phone";

    /// <summary>The kiosk gave the request up that it came of.</summary>
    public const string Withdrawn = "withdrawn";

    public override Decision Decide(HallState hall, DateTimeOffset now)
    {
        if (!hall.Tickets.TryGetValue(Ticket, out var ticket))
        {
            return Decision.Refused(Refusal.UnknownTicket);
        }

        return ticket.CanBeCancelled
            ? Decision.Happened(new TicketChanged(now, TicketChange.Cancelled, ticket with { State = TicketState.Cancelled, FinishedAt = now })
            {
                Counter = ticket.IsInHand ? ticket.Counter : null,
                Officer = Officer,
                Reason = Reason,
            })
            : Decision.Refused(Refusal.NotNow(
                $"Số {ticket.Number} không hủy được nữa.", $"{ticket.Number} can't be cancelled any more."));
    }
}
