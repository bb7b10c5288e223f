namespace Reception.Hall;

/// <summary>The officer calls who has waited longest for the counter's services, or for one of them.</summary>
public sealed record CallNext(int Counter, string Officer, string? Service = null) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now)
    {
        if (Service is not null && !hall.Services.ContainsKey(Service))
        {
            return Decision.Refused(Refusal.UnknownService);
        }

        if (Calling.Obstacle(counter) is { } obstacle)
        {
            return Decision.Refused(obstacle);
        }

        return Next(hall, counter) is { } next
            ? Tell(Change(TicketChange.Called, Calling.Called(next, Counter, now), now))
            : Decision.Happened(new Reply.NoOneWaits(Counter));
    }

    /// <summary>The earliest arrival among the heads of the queues that this counter may call.</summary>
    private Ticket? Next(HallState hall, Counter counter)
    {
        QueueEntry? first = null;
        foreach (var code in counter.Setup.Services)
        {
            if ((Service is null || Service == code) && hall.Services.TryGetValue(code, out var service) && service.Waiting.Count > 0)
            {
                first = Earlier(first, service.Waiting.Min);
            }
        }

        foreach (var entry in counter.Queue)
        {
            if (Service is null || hall.Tickets[entry.Ticket].Service == Service)
            {
                first = Earlier(first, entry);
                break;
            }
        }

        return first is { } head ? hall.Tickets[head.Ticket] : null;
    }

    private static QueueEntry Earlier(QueueEntry? one, QueueEntry other) => one is { } entry && entry < other ? entry : other;
}
