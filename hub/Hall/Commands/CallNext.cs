namespace Reception.Hall;

/// <summary>The officer calls whose turn it is at the counter, of all its services or of one.</summary>
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

        return CallingOrder.Next(hall, counter, Service, now) is { } next
            ? Decision.Happened(Change(TicketChange.Called, Calling.Called(hall.Tickets[next.Ticket], Counter, now), now))
            : Decision.Nothing;
    }
}
