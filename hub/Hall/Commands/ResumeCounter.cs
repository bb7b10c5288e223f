namespace Reception.Hall;

/// <summary>The officer opens the paused counter again.</summary>
public sealed record ResumeCounter(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        counter.Paused
            ? Decision.Happened(new CounterPaused(now, Paused: false, Counter, Officer))
            : Decision.Refused(Refusal.NotNow("Quầy không tạm nghỉ.", "The counter is not paused."));
}
