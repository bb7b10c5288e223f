using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>A citizen takes a number for a service.</summary>
public sealed record IssueTicket(Guid Ticket, string Service, Lane Lane) : HallCommand
{
    /// <summary>Further errands, in order.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>The device that asks, and prints.</summary>
    public string? Issuer { get; init; }

    /// <summary>Whether a phone shows it: there is nothing to print.</summary>
    public bool ByPhone { get; init; }

    /// <summary>The booked time that was checked in; it holds until so long after it.</summary>
    public Appointment? Appointment { get; init; }

    public override Decision Decide(HallState hall, DateTimeOffset now)
    {
        if (!hall.Offers(Service) || !Services.All(hall.Offers))
        {
            return Decision.Refused(Refusal.UnknownService);
        }

        // A booked time is a promise: while it holds, neither a quota nor the last ticket of the walk-ins breaks it.
        var booked = Appointment is { } appointment && hall.Setup.AppointmentRule.Holds(appointment, now) ? appointment : null;
        // Of two errands both must be open: nobody waits for the first to find the second closed.
        foreach (var service in Services.Prepend(Service))
        {
            if (Opening.Of(hall, service, now) is { Closed: { } reason, OpensAt: var opens }
                && (booked is null || service != Service || reason is not (ClosedReason.Quota or ClosedReason.LastTicket)))
            {
                return Decision.Refused(Refusal.ServiceClosed(
                    reason, opens is { } at ? TimeZoneInfo.ConvertTime(at, hall.Setup.Zone) : null, service == Service ? null : service));
            }
        }

        if (Issuer is not null && hall.WaitOf(Issuer, now) is { } wait)
        {
            return Decision.Refused(Refusal.TooMany with { RetryAfter = wait });
        }

        var queue = hall.Services[Service];
        var ticket = new Ticket
        {
            Id = Ticket,
            Number = Hall.Ticket.NumberOf(queue.Setup.Prefix, queue.Issued + 1),
            Order = hall.Tickets.Count + 1,
            Service = Service,
            Services = Services,
            Lane = Lane,
            State = TicketState.Waiting,
            Appointment = booked,
            Issuer = Issuer,
            IssuedAt = now,
            QueuedAt = now,
            Printed = ByPhone ? PrintState.None : PrintState.Pending,
        };
        return Decision.Happened(new TicketChanged(now, TicketChange.Issued, ticket)
        {
            Estimate = booked is null ? Estimate.ForNew(hall, Service, Lane, now) : Estimate.For(hall, ticket, now),
        });
    }
}
