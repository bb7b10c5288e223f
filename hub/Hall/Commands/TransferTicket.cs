namespace Reception.Hall;

/// <summary>The officer passes the ticket in hand on to a service or a counter; it keeps its arrival.</summary>
public sealed record TransferTicket(int Counter, string Officer, string? Service, int? To) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now)
    {
        if (Service is not null && !hall.Offers(Service))
        {
            return Decision.Refused(Refusal.UnknownService);
        }

        if (Service is not null && To is null && hall.Services[Service].Counters.IsEmpty)
        {
            return Decision.Refused(Refusal.NoCounter);
        }

        if (To is { } number && !hall.Counters.ContainsKey(number))
        {
            return Decision.Refused(Refusal.UnknownCounter);
        }

        if (hall.InHand(counter) is not { } ticket)
        {
            return Decision.Refused(Refusal.NoTicketInHand);
        }

        // A citizen sent to a desk where no one sits would wait for nobody.
        return To is { } to && hall.Counters[to].Officer is null
            ? Decision.Refused(Refusal.NoOfficer)
            : Decision.Happened(Change(TicketChange.Transferred, Queued(ticket, Service ?? ticket.Service, To, now), now));
    }

    /// <summary>
    /// The ticket as it waits again, by its arrival; an appointment is with the service that it was made for, and a further errand that it goes to now
    /// is no further one.
    /// </summary>
    internal static Ticket Queued(Ticket ticket, string service, int? counter, DateTimeOffset now) => ticket with
    {
        State = TicketState.Waiting,
        Service = service,
        Services = ticket.Services.Remove(service),
        Counter = counter,
        Appointment = service == ticket.Service ? ticket.Appointment : null,
        QueuedAt = now,
        CalledAt = null,
        StartedAt = null,
    };
}
