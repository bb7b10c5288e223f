namespace Reception.Hall;

/// <summary>What every call has in common.</summary>
internal static class Calling
{
    /// <summary>Why a counter can't call now, or null.</summary>
    public static Refusal? Obstacle(Counter counter) =>
        counter.InHand is not null ? Refusal.TicketInHand
        : counter.Status != CounterStatus.Open ? Refusal.CounterClosed
        : null;

    /// <summary>The ticket as a call leaves it: a new stay begins.</summary>
    public static Ticket Called(Ticket ticket, int counter, DateTimeOffset now) => ticket with
    {
        State = TicketState.Called,
        Counter = counter,
        CalledAt = now,
        StartedAt = null,
        FinishedAt = null,
        Outcome = null,
    };
}
