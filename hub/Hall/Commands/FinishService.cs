using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>
/// Service ends, with its outcome; a ticket with a further errand goes on to that service, and the outcome stays with the stay. An errand that nobody
/// can serve any more, because an administrator took out the service or its last counter, is passed over.
/// </summary>
public sealed record FinishService(int Counter, string Officer, Outcome? Outcome = null) : OfficerCommand(Counter, Officer)
{
    /// <summary>The reason of a transfer that a finish brought about, because the ticket has a further errand.</summary>
    public const string NextErrand = "errand";

    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now)
    {
        if (hall.InHand(counter) is not { } ticket)
        {
            return Decision.Refused(Refusal.NoTicketInHand);
        }

        return ticket.Services.SkipWhile(code => !hall.IsServed(code)).ToImmutableArray() is [var next, .. var rest]
            ? Decision.Happened(Change(TicketChange.Transferred, TransferTicket.Queued(ticket, next, null, now) with { Services = rest }, now) with
            {
                Reason = NextErrand,
                Outcome = Outcome,
            })
            : Decision.Happened(Change(TicketChange.Served, Finished(ticket, Outcome, now), now));
    }

    /// <summary>The ticket as a finish leaves it; one that was never started was served from its call on.</summary>
    internal static Ticket Finished(Ticket ticket, Outcome? outcome, DateTimeOffset now) => ticket with
    {
        State = TicketState.Served,
        StartedAt = ticket.StartedAt ?? ticket.CalledAt,
        FinishedAt = now,
        Outcome = outcome,
    };
}
