namespace Reception.Hall;

/// <summary>How long a ticket waits, in seconds: a likely value and the range around it.</summary>
public sealed record Estimate(int Seconds, int Low, int High)
{
    private const int Minute = 60;

    /// <summary>The wait of one who has <paramref name="ahead"/> tickets before them at a service.</summary>
    /// <remarks>
    /// Those ahead are served by the counters that are open for the service (by all that have it, where none is open yet),
    /// each in a typical service time; where every one of them is busy, half a service time more passes until one is free.
    /// </remarks>
    public static Estimate For(HallState hall, string service, int ahead)
    {
        var queue = hall.Services[service];
        var serving = hall.Counters.Values.Where(counter => counter.Setup.Services.Contains(service)).ToList();
        var open = serving.Where(counter => counter.Status == CounterStatus.Open).ToList();
        var counters = Math.Max(1, open.Count > 0 ? open.Count : serving.Count);
        var busy = open.Count > 0 && open.TrueForAll(counter => counter.InHand is not null);
        var typical = queue.TypicalServiceSeconds;
        var seconds = (typical * ahead / counters) + (busy ? typical / (counters + 1) : 0);
        return new Estimate(Round(seconds), Round(seconds * 3 / 4), Round(seconds * 3 / 2));
    }

    private static int Round(int seconds) => (seconds + (Minute / 2)) / Minute * Minute;
}
