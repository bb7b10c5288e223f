using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>What a command comes to: events and a reply, or a refusal and nothing.</summary>
public sealed record Decision(ImmutableArray<HallEvent> Events, Reply Reply, Refusal? Refusal = null)
{
    /// <summary>Nothing happens and nothing is owed: the command was carried out already.</summary>
    public static Decision Nothing { get; } = new([], new Reply.Done());

    public static Decision Refused(Refusal refusal) => new([], new Reply.Done(), refusal);

    public static Decision Happened(Reply reply, params ReadOnlySpan<HallEvent> events) => new([.. events], reply);
}

/// <summary>What the one who commanded is told, as the hall is after it.</summary>
public abstract record Reply
{
    public sealed record Done : Reply;

    public sealed record OfTicket(Guid Ticket) : Reply;

    public sealed record OfCounter(int Counter) : Reply;

    public sealed record NoOneWaits(int Counter) : Reply;
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

    protected Decision Tell(params ReadOnlySpan<HallEvent> events) => Decision.Happened(new Reply.OfCounter(Counter), events);
}
