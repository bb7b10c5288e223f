namespace Reception.Hall;

/// <summary>The called citizen has come: service begins.</summary>
public sealed record StartService(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        hall.InHand(counter) is { State: TicketState.Called } ticket
            ? Decision.Happened(Change(TicketChange.Started, ticket with { State = TicketState.Serving, StartedAt = now }, now))
            : Decision.Refused(Refusal.NotNow("Chỉ bắt đầu được với số đang gọi.", "Only a called ticket can be started."));
}
