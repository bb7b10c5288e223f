namespace Reception.Hall.Simulation;

/// <summary>What a citizen presses, and when after the finish.</summary>
public sealed record Opinion(int Level, TimeSpan After, int? ThenChangesTo, string? Reason);

/// <summary>
/// How one visit to a desk goes, drawn when the number is called. Who does not come is called again after <see cref="Walk"/>, and given up
/// after as long again. <see cref="TransferTo"/> ends it without an outcome or an opinion.
/// </summary>
public sealed record Visit
{
    public required bool Comes { get; init; }

    /// <summary>From the call to the desk.</summary>
    public required TimeSpan Walk { get; init; }

    public required TimeSpan Service { get; init; }
    public required string Outcome { get; init; }
    public string? TransferTo { get; init; }
    public Opinion? Opinion { get; init; }

    /// <summary>From the end to the next call.</summary>
    public required TimeSpan Breath { get; init; }

    /// <summary>A pause of the counter before the next call.</summary>
    public TimeSpan? Break { get; init; }
}

/// <summary>An officer at a counter, and the citizens who sit down there. Each has a hand of its own: some are liked more than others.</summary>
public sealed class Desk
{
    private const double Longest = 40;

    private readonly Ward _ward;
    private readonly WardCounter _counter;
    private readonly Random _random;
    private readonly double _manner;
    private bool _opened;

    public Desk(Ward ward, WardCounter counter, int seed)
    {
        _ward = ward;
        _counter = counter;
        _random = Chance.For(seed, counter.Number);
        _manner = 0.25 * _random.Normal();
    }

    /// <summary>The visit of the next one called. A long wait costs the officer some of the goodwill.</summary>
    public Visit Next(string service, TimeSpan waited)
    {
        var pace = _ward.Pace;
        var transfer = _random.Happens(pace.Transferred) ? OtherService(service) : null;
        var mean = _ward.Services.FirstOrDefault(one => one.Code == service)?.MeanServiceTime ?? TimeSpan.FromMinutes(8);
        var time = _random.ServiceTime(mean, pace.ServiceTimeSpread);
        if (!_opened)
        {
            // The hall is met in the middle of its day: the first to be seen at a desk is nearly done.
            _opened = true;
            time = _random.Between(12, 45);
        }

        return new Visit
        {
            Comes = !_random.Happens(pace.NoShow),
            Walk = _random.Between(5, 18),
            Service = time,
            Outcome = _random.Pick<string>([("received", 82), ("supplement", 12), ("returned", 4), ("refused", 2)]),
            TransferTo = transfer,
            Opinion = transfer is null && _random.Happens(pace.Rates) ? Opinion(waited) : null,
            Breath = _random.Between(8, 20),
            Break = _random.Happens(pace.TakesBreak) ? _random.Between(60, 180) : null,
        };
    }

    private Opinion Opinion(TimeSpan waited)
    {
        var patience = Math.Min(waited.TotalMinutes, Longest) / Longest;
        var mood = _manner + _random.Normal() - (0.9 * patience);
        var level = mood switch
        {
            > -0.1 => 5,
            > -1.1 => 4,
            > -1.7 => 3,
            > -2.2 => 2,
            _ => 1,
        };
        return new Opinion(
            level,
            _random.Between(2, 7),
            _random.Happens(_ward.Pace.ChangesMind) ? Math.Clamp(level + (_random.Happens(0.5) ? 1 : -1), 1, 5) : null,
            level <= 2 && _random.Happens(_ward.Pace.GivesReason)
                ? _random.Pick<string>([("wait", 4 * (0.3 + patience)), ("guidance", 2), ("visits", 2), ("papers", 2), ("attitude", 1), ("other", 0.5)])
                : null);
    }

    /// <summary>A service that is served elsewhere only, or none.</summary>
    private string? OtherService(string service)
    {
        var others = _ward.Counters.SelectMany(one => one.Services).Except(_counter.Services).Where(one => one != service).ToArray();
        return others.Length == 0 ? null : others[_random.Next(others.Length)];
    }
}
