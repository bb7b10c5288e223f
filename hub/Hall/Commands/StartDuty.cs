namespace Reception.Hall;

/// <summary>An officer signs in at a counter: whoever held it leaves, and the officer leaves any other.</summary>
public sealed record StartDuty(Guid Duty, int Counter, string Officer) : HallCommand
{
    public override Decision Decide(HallState hall, DateTimeOffset now)
    {
        if (!hall.Counters.TryGetValue(Counter, out var counter))
        {
            return Decision.Refused(Refusal.UnknownCounter);
        }

        if (counter.Officer == Officer)
        {
            return Decision.Nothing;
        }

        var events = new List<HallEvent>();
        foreach (var left in hall.Counters.Values.Where(other => other.Officer == Officer || (other.Number == Counter && other.Officer is not null)))
        {
            if (left.InHand is not null)
            {
                return Decision.Refused(Refusal.CounterTaken);
            }

            events.Add(EndDuty.Ended(left, now));
            if (left.Number != Counter)
            {
                events.AddRange(EndDuty.SentBack(hall, left, now));
            }
        }

        events.Add(new DutyChanged(now, Started: true, Duty, Counter, Officer));
        return Decision.Happened([.. events]);
    }
}
