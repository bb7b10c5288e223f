namespace Reception.Hall.Simulation;

/// <summary>What a citizen presses, and when after the finish.</summary>
public sealed record Opinion(int Level, TimeSpan After, int? ThenChangesTo, string? Reason);

/// <summary>
/// A desk of a hall that runs in real time: an officer, and the citizens who sit down there and press the rater. Each officer has a hand of
/// their own: some are liked more than others.
/// </summary>
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

    /// <summary>The visit of the next one called, and what they think of it.</summary>
    public (Visit Visit, Opinion? Opinion) Next(string service, TimeSpan waited)
    {
        var visit = Visit.Draw(_ward, _counter, service, _random);
        if (!_opened)
        {
            // The hall is met in the middle of its day: the first to be seen at a desk is nearly done.
            _opened = true;
            visit = visit with { Service = _random.Between(12, 45) };
        }

        return (visit, visit.TransferTo is null && _random.Happens(_ward.Pace.Rates) ? Opinion(waited) : null);
    }

    /// <summary>A long wait costs the officer some of the goodwill.</summary>
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
}
