namespace Reception.Hall.Simulation;

/// <summary>Someone takes a number, so long after the opening.</summary>
public sealed record Arrival(TimeSpan At, string Service, bool Priority);

/// <summary>Who comes, and when: a crowd at the opening, then independent arrivals of each service, for ever.</summary>
public static class Arrivals
{
    public static IEnumerable<Arrival> Of(Ward ward, int seed)
    {
        var random = Chance.For(seed, 0);
        var next = new PriorityQueue<WardService, TimeSpan>();
        foreach (var service in ward.Services.Where(one => ward.ArrivalsAnHour(one) > 0))
        {
            next.Enqueue(service, ward.Pace.OpeningRush + random.UntilNext(ward.ArrivalsAnHour(service)));
        }

        foreach (var early in Crowd(ward, random).OrderBy(one => one.At))
        {
            yield return early;
        }

        while (next.TryDequeue(out var service, out var at))
        {
            yield return new Arrival(at, service.Code, random.Happens(ward.Pace.Priority));
            next.Enqueue(service, at + random.UntilNext(ward.ArrivalsAnHour(service)));
        }
    }

    private static List<Arrival> Crowd(Ward ward, Random random) =>
    [
        .. from counter in ward.Counters
           where counter.Services.Length > 0
           from place in Enumerable.Range(0, ward.Pace.CrowdAtOpening)
           select new Arrival(
               ward.Pace.OpeningRush * random.NextDouble(),
               counter.Services[place % counter.Services.Length],
               random.Happens(ward.Pace.Priority)),
    ];
}
