namespace Reception.Hall;

/// <summary>The officer puts the ticket in hand on hold: it comes back when called.</summary>
public sealed record HoldTicket(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        hall.InHand(counter) is { } ticket
            ? Decision.Happened(Change(TicketChange.Held, ticket with { State = TicketState.Held, QueuedAt = now }, now))
            : Decision.Refused(Refusal.NoTicketInHand);
}
