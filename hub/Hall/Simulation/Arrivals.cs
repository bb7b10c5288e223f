namespace Reception.Hall.Simulation;

/// <summary>Someone takes a number, so long after the start; some have a second errand.</summary>
public sealed record Arrival(TimeSpan At, string Service, string? Then, bool Priority);

/// <summary>Who comes, and when: a crowd at the opening, then independent arrivals of each service as the profile has them.</summary>
public static class Arrivals
{
    /// <param name="day">The days of one seed bring different people.</param>
    public static IEnumerable<Arrival> Of(Ward ward, int seed, int day = 0)
    {
        var random = Chance.For(seed, day);
        var next = new PriorityQueue<WardService, TimeSpan>();
        var rush = ward.Pace.CrowdAtOpening > 0 ? ward.Pace.OpeningRush : TimeSpan.Zero;
        foreach (var service in ward.Services)
        {
            Await(service, rush);
        }

        foreach (var early in Crowd(ward, random).OrderBy(one => one.At))
        {
            yield return early;
        }

        while (next.TryDequeue(out var service, out var at))
        {
            yield return Someone(ward, random, at, service.Code);
            Await(service, at);
        }

        void Await(WardService service, TimeSpan from)
        {
            if (NextAfter(from, ward.ArrivalsAnHour(service), ward.Pace, random) is { } at)
            {
                next.Enqueue(service, at);
            }
        }
    }

    /// <summary>
    /// The next arrival of a Poisson stream whose rate changes from stretch to stretch: what is left of an exponential time of one stretch is
    /// used up at the next one's rate.
    /// </summary>
    private static TimeSpan? NextAfter(TimeSpan from, double anHour, WardPace pace, Random random)
    {
        var left = random.Exponential();
        foreach (var stretch in pace.Profile.Where(one => one.To > from))
        {
            var start = stretch.From > from ? stretch.From : from;
            var rate = anHour * stretch.Weight;
            var asked = (stretch.To - start).TotalHours * rate;
            if (left < asked)
            {
                return start + TimeSpan.FromHours(left / rate);
            }

            left -= asked;
        }

        return null;
    }

    private static List<Arrival> Crowd(Ward ward, Random random) =>
    [
        .. from counter in ward.Counters
           where counter.Services.Length > 0
           from place in Enumerable.Range(0, ward.Pace.CrowdAtOpening)
           select Someone(ward, random, ward.Pace.OpeningRush * random.NextDouble(), counter.Services[place % counter.Services.Length]),
    ];

    private static Arrival Someone(Ward ward, Random random, TimeSpan at, string service) =>
        new(at, service, random.Happens(ward.Pace.SecondErrand) ? Another(ward, random, service) : null, random.Happens(ward.Pace.Priority));

    private static string? Another(Ward ward, Random random, string service)
    {
        var others = ward.Services.Where(one => one.Code != service && ward.ArrivalsAnHour(one) > 0).ToArray();
        return others.Length == 0 ? null : others[random.Next(others.Length)].Code;
    }
}
