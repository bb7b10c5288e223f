namespace Reception.Hall.Simulation;

/// <summary>
/// How one visit to a desk goes. Who does not come is called again after <see cref="Walk"/>, and given up after as long again.
/// <see cref="TransferTo"/> ends it without an outcome or an opinion.
/// </summary>
public sealed record Visit
{
    private static readonly TimeSpan UnknownServiceTime = TimeSpan.FromMinutes(8);

    public required bool Comes { get; init; }

    /// <summary>From the call to the desk.</summary>
    public required TimeSpan Walk { get; init; }

    public required TimeSpan Service { get; init; }
    public required Outcome Outcome { get; init; }
    public string? TransferTo { get; init; }

    /// <summary>From the end to the next call.</summary>
    public required TimeSpan Breath { get; init; }

    /// <summary>A pause of the counter before the next call.</summary>
    public TimeSpan? Break { get; init; }

    /// <summary>The visit of a citizen to a counter, drawn from a source of their own.</summary>
    public static Visit Draw(Ward ward, WardCounter counter, string service, Random random)
    {
        var pace = ward.Pace;
        var mean = ward.Services.FirstOrDefault(one => one.Code == service)?.MeanServiceTime ?? UnknownServiceTime;
        return new Visit
        {
            Service = pace.Memoryless ? mean * random.Exponential() : random.ServiceTime(mean, pace.ServiceTimeSpread),
            Comes = !random.Happens(pace.NoShow),
            Walk = random.About(pace.Walk),
            Outcome = random.Pick<Outcome>([(Outcome.Received, 82), (Outcome.Supplement, 12), (Outcome.Returned, 4), (Outcome.Refused, 2)]),
            Breath = random.About(pace.Breath),
            Break = random.Happens(pace.TakesBreak) ? random.About(pace.Break) : null,
            TransferTo = random.Happens(pace.Transferred) ? OtherService(ward, counter, service, random) : null,
        };
    }

    /// <summary>A service that is served elsewhere only, or none.</summary>
    private static string? OtherService(Ward ward, WardCounter counter, string service, Random random)
    {
        var others = ward.Counters.SelectMany(one => one.Services).Except(counter.Services).Where(one => one != service).ToArray();
        return others.Length == 0 ? null : others[random.Next(others.Length)];
    }
}
