using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>The outcome of a command: events, or a refusal and nothing.</summary>
public sealed record Decision(ImmutableArray<HallEvent> Events, Refusal? Refusal = null)
{
    /// <summary>Nothing changes: the command was carried out already, or no one waits.</summary>
    public static Decision Nothing { get; } = new([]);

    public static Decision Refused(Refusal refusal) => new([], refusal);

    public static Decision Happened(params ReadOnlySpan<HallEvent> events) => new([.. events]);
}

/// <summary>One thing that somebody asks of the hall.</summary>
public abstract record HallCommand
{
    /// <summary>Decides, without side effects; a refusal is a value.</summary>
    public abstract Decision Decide(HallState hall, DateTimeOffset now);
}

/// <summary>A command of the officer at a counter.</summary>
public abstract record OfficerCommand(int Counter, string Officer) : HallCommand
{
    public sealed override Decision Decide(HallState hall, DateTimeOffset now)
    {
        if (!hall.Counters.TryGetValue(Counter, out var counter))
        {
            return Decision.Refused(Refusal.UnknownCounter);
        }

        return counter.Officer == Officer ? Decide(hall, counter, now) : Decision.Refused(Refusal.NotAllowed);
    }

    protected abstract Decision Decide(HallState hall, Counter counter, DateTimeOffset now);

    /// <summary>A change of a ticket at this counter by this officer.</summary>
    protected TicketChanged Change(TicketChange change, Ticket ticket, DateTimeOffset now) =>
        new(now, change, ticket) { Counter = Counter, Officer = Officer };
}
