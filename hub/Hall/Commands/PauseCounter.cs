namespace Reception.Hall;

/// <summary>The officer pauses the counter: no ticket in hand.</summary>
public sealed record PauseCounter(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        counter.InHand is not null ? Decision.Refused(Refusal.TicketInHand)
        : counter.Paused ? Decision.Refused(Refusal.NotNow("Quầy đã tạm nghỉ.", "The counter is paused already."))
        : Decision.Happened(new CounterPaused(now, Paused: true, Counter, Officer));
}
