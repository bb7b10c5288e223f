namespace Reception.Hall;

/// <summary>The called citizen did not come; the ticket can be called again for the rest of the day.</summary>
public sealed record RecordNoShow(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        hall.InHand(counter) is { State: TicketState.Called } ticket
            ? Decision.Happened(Change(TicketChange.NoShow, ticket with { State = TicketState.NoShow, FinishedAt = now, QueuedAt = now }, now))
            : Decision.Refused(Refusal.NotNow("Chỉ ghi vắng mặt cho số đang gọi.", "Only a called ticket can be a no-show."));
}
