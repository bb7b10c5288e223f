using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>The officer leaves the counter: no ticket in hand.</summary>
public sealed record EndDuty(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    /// <summary>The reason of a transfer back to the service's line: the desk that the citizen was sent to is left.</summary>
    public const string CounterLeft = "desk-left";

    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now) =>
        counter.InHand is not null
            ? Decision.Refused(Refusal.TicketInHand)
            : Decision.Happened([Ended(counter, now), .. SentBack(hall, counter, now)]);

    /// <summary>The duty at a counter ends.</summary>
    internal static DutyChanged Ended(Counter counter, DateTimeOffset now) =>
        new(now, Started: false, counter.Duty!.Value, counter.Number, counter.Officer!);

    /// <summary>
    /// Whoever waits for a desk alone that nobody sits at any more waits in the service's line again, with the same arrival; on hold, where any
    /// officer finds them, if no counter serves that service any more.
    /// </summary>
    internal static ImmutableArray<HallEvent> SentBack(HallState hall, Counter counter, DateTimeOffset now) =>
    [
        .. counter.Queue.Values.SelectMany(line => line.Entries).Order().Select(entry => hall.Tickets[entry.Ticket] with { Counter = null }).Select(ticket =>
            (hall.IsServed(ticket.Service)
                ? new TicketChanged(now, TicketChange.Transferred, ticket)
                : new TicketChanged(now, TicketChange.Held, ticket with { State = TicketState.Held, QueuedAt = now })) with
            {
                Officer = counter.Officer,
                Reason = CounterLeft,
            }),
    ];
}
