namespace Reception.Hall.Simulation;

/// <summary>
/// A hall from day to day through the rules that the hub runs, without a journal. Two runs of one seed under other rules meet the same
/// people.
/// </summary>
public sealed class HallRun
{
    /// <summary>An unbroken run is measured in so many equal parts, after one more in which the hall fills.</summary>
    private const int Parts = 30;

    private readonly Plan _plan;
    private readonly Tally _tally;
    private readonly HallPeople _people;

    private HallState _hall;

    private HallRun(Plan plan, Action<HallEvent>? heard)
    {
        _plan = plan;
        _tally = new Tally(heard);
        _hall = HallState.Open(plan.First.AddDays(-1), plan.Setup);
        var staffed = plan.Setup.Counters.Select(one => new StaffedCounter(new WardCounter(one.Number, one.Services), $"cb{one.Number}"));
        _people = new HallPeople(plan, [.. staffed], Execute);
    }

    /// <param name="heard">Told of every event, as a journal would be.</param>
    public static Figures Of(Plan plan, Action<HallEvent>? heard = null)
    {
        var run = new HallRun(plan, heard);
        if (plan.Unbroken)
        {
            run.PassUnbroken();
        }
        else
        {
            run.PassDays();
        }

        return run._tally.Figures(plan.Setup);
    }

    private void PassDays()
    {
        var shifts = Plan.Shifts(_plan.Setup);
        var date = _plan.First;
        for (var day = 0; day < _plan.Days; date = date.AddDays(1))
        {
            var midnight = Plan.Midnight(_plan.Setup, date);
            if (_plan.Setup.OpeningAt(midnight + shifts[0].From).IsOpen)
            {
                Begin(date, midnight);
                _people.Come(midnight, shifts, day);
                _people.RunOut();
                _tally.EndPart();
                day++;
            }
        }

        Begin(date, Plan.Midnight(_plan.Setup, date));
    }

    private void PassUnbroken()
    {
        var start = Plan.Midnight(_plan.Setup, _plan.First);
        var part = Plan.HoursADay(_plan.Setup) * _plan.Days / Parts;
        Begin(_plan.First, start);
        _people.Join(Measure());
        _people.Come(start, [(TimeSpan.Zero, part * (Parts + 1))], day: 0);
        _people.RunOut();
        _tally.EndPart();
        var end = DateOnly.FromDateTime((_people.Now + TimeSpan.FromDays(2)).UtcDateTime);
        Begin(end, Plan.Midnight(_plan.Setup, end));

        IEnumerable<DateTimeOffset> Measure()
        {
            _tally.BeginAt(start + part);
            for (var gone = 2; gone <= Parts; gone++)
            {
                yield return start + (part * gone);
                _tally.EndPart();
            }
        }
    }

    /// <summary>Opens a business day, which closes the one before.</summary>
    private void Begin(DateOnly date, DateTimeOffset midnight)
    {
        _people.PassTo(midnight);
        Execute(new OpenDay(date, _plan.Unbroken ? _plan.Setup with { Hours = null } : _plan.Setup), midnight);
        _people.Begin(_hall);
    }

    private Executed Execute(HallCommand command, DateTimeOffset now)
    {
        var decision = command.Decide(_hall, now);
        foreach (var happened in decision.Events)
        {
            _hall = _hall.Apply(happened);
            _tally.Hear(happened);
        }

        if (command is IssueTicket)
        {
            _tally.Came(decision.Refusal);
        }

        return new Executed(decision, _hall);
    }
}
