namespace Reception.Hall;

/// <summary>The officer leaves the counter: no ticket in hand.</summary>
public sealed record EndDuty(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        counter.InHand is not null
            ? Decision.Refused(Refusal.TicketInHand)
            : Decision.Happened(new Reply.Done(), new DutyChanged(now, Started: false, counter.Duty!.Value, Counter, Officer));
}
