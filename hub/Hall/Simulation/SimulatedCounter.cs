namespace Reception.Hall.Simulation;

/// <summary>
/// A desk of a hall that runs in real time: an officer, and the citizens who sit down there and press the rater. Each officer has a hand of
/// their own: some are liked more than others.
/// </summary>
public sealed class SimulatedCounter
{
    private readonly Ward _ward;
    private readonly WardCounter _counter;
    private readonly Random _random;
    private readonly double _manner;
    private bool _opened;

    public SimulatedCounter(Ward ward, WardCounter counter, int seed)
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

        return (visit, visit.TransferTo is null && _random.Happens(_ward.Pace.Rates) ? Opinion.Draw(_ward.Pace, _manner, waited, _random) : null);
    }
}
