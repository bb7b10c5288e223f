namespace Reception.Hall;

/// <summary>A business day begins: what the day before left open ends by itself, each marked automatic.</summary>
public sealed record OpenDay(DateOnly Day, Setup Setup) : HallCommand
{
    public override Decision Decide(HallState hall, DateTimeOffset now)
    {
        if (Day <= hall.Day)
        {
            return Decision.Nothing;
        }

        return Decision.Happened([.. Endings(hall, now), new DayOpened(now, Day, Setup)]);
    }

    /// <summary>The end of everything that a day leaves open.</summary>
    public static IEnumerable<HallEvent> Endings(HallState hall, DateTimeOffset now)
    {
        var left = hall.Tickets.Values.Where(ticket => ticket.IsOpen).OrderBy(ticket => ticket.Order).Select(ticket => Close(ticket, now));
        var duties = hall.Counters.Values.Where(counter => counter.Officer is not null).Select(counter =>
            new DutyChanged(now, Started: false, counter.Duty!.Value, counter.Number, counter.Officer!) { Automatic = true });
        return [.. left, .. duties];
    }

    private static TicketChanged Close(Ticket ticket, DateTimeOffset now)
    {
        var (change, closed) = ticket.State switch
        {
            TicketState.Called => (TicketChange.NoShow, ticket with { State = TicketState.NoShow, FinishedAt = now }),
            TicketState.Serving => (TicketChange.Served, FinishService.Finished(ticket, null, now)),
            _ => (TicketChange.Expired, ticket with { State = TicketState.Expired, FinishedAt = now }),
        };
        return new TicketChanged(now, change, closed) { Counter = ticket.IsInHand ? ticket.Counter : null, Automatic = true };
    }
}
