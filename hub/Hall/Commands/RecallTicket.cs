namespace Reception.Hall;

/// <summary>The officer calls the called ticket once more.</summary>
public sealed record RecallTicket(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        hall.InHand(counter) is { State: TicketState.Called } ticket
            ? Decision.Happened(Change(TicketChange.Recalled, ticket, now))
            : Decision.Refused(Refusal.NotNow("Chỉ gọi lại được số đang gọi.", "Only a called ticket can be called again."));
}
