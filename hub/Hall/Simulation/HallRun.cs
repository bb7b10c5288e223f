using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>
/// A hall from day to day through the rules that the hub runs: citizens and officers do nothing but command, and see nothing but the hall.
/// What a citizen brings along (arrival, errands, service times) is drawn from a source of their own, so that two runs of one seed under
/// other rules meet the same people.
/// </summary>
public sealed class HallRun
{
    /// <summary>An unbroken run is measured in so many equal parts, after one more in which the hall fills.</summary>
    private const int Parts = 30;

    private readonly Plan _plan;
    private readonly Tally _tally;
    private readonly ImmutableArray<WardCounter> _counters;
    private readonly Agenda _agenda = new();
    private readonly Dictionary<int, Person> _officers = [];
    private readonly Dictionary<Guid, Citizen> _citizens = [];

    /// <summary>Counters whose officers wait for somebody, the longest idle first.</summary>
    private readonly List<WardCounter> _idle = [];

    private HallState _hall;
    private int _ids;

    private HallRun(Plan plan, Action<HallEvent>? heard)
    {
        _plan = plan;
        _tally = new Tally(heard);
        _counters = [.. plan.Setup.Counters.Select(one => new WardCounter(one.Number, one.Services))];
        _hall = HallState.Open(plan.First.AddDays(-1), plan.Setup);
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
            var midnight = Midnight(date);
            if (_plan.Setup.OpeningAt(midnight + shifts[0].From).IsOpen)
            {
                Begin(date, midnight);
                Fill(midnight, shifts, day);
                _agenda.RunOut();
                _tally.EndPart();
                day++;
            }
        }

        Begin(date, Midnight(date));
    }

    private void PassUnbroken()
    {
        var start = Midnight(_plan.First);
        var part = Plan.HoursADay(_plan.Setup) * _plan.Days / Parts;
        Begin(_plan.First, start);
        _agenda.Await(new Person(Measure()), start);
        Fill(start, [(TimeSpan.Zero, part * (Parts + 1))], day: 0);
        _agenda.RunOut();
        _tally.EndPart();
        var end = DateOnly.FromDateTime((_agenda.Now + TimeSpan.FromDays(2)).UtcDateTime);
        Begin(end, Midnight(end));

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
        _citizens.Clear();
        _agenda.PassTo(midnight);
        Must(new OpenDay(date, _plan.Unbroken ? _plan.Setup with { Hours = null } : _plan.Setup));
    }

    private void Fill(DateTimeOffset midnight, ImmutableArray<(TimeSpan From, TimeSpan To)> shifts, int day)
    {
        foreach (var counter in _counters)
        {
            _officers[counter.Number] = new Person(Officer(counter, midnight, shifts));
            _agenda.Await(_officers[counter.Number], midnight);
        }

        _agenda.Await(new Person(Citizens(midnight, shifts[^1].To, day)), midnight);
    }

    private IEnumerable<DateTimeOffset> Citizens(DateTimeOffset midnight, TimeSpan closing, int day)
    {
        var index = 0;
        foreach (var arrival in Arrivals.Of(_plan.Ward, _plan.Seed, day).TakeWhile(one => one.At < closing))
        {
            yield return midnight + arrival.At;
            var ticket = NewId();
            _citizens.Add(ticket, new Citizen(_plan.Seed, day, index++));
            var asked = Do(new IssueTicket(ticket, arrival.Service, arrival.Priority ? Lane.Priority : Lane.Normal)
            {
                Services = arrival.Then is { } then ? [then] : [],
            });
            _tally.Came(asked.Refusal);
        }
    }

    private IEnumerable<DateTimeOffset> Officer(WardCounter counter, DateTimeOffset midnight, ImmutableArray<(TimeSpan From, TimeSpan To)> shifts)
    {
        var (number, officer) = (counter.Number, $"cb{counter.Number}");
        foreach (var shift in shifts)
        {
            var (closes, leaves) = (midnight + shift.To, midnight + shift.To + _plan.Overtime);
            yield return midnight + shift.From;
            Must(new StartDuty(NewId(), number, officer));
            while (_agenda.Now < leaves)
            {
                Must(new CallNext(number, officer));
                if (_hall.InHand(_hall.Counters[number]) is not { } ticket)
                {
                    if (_agenda.Now >= closes && !MayStillCome(counter))
                    {
                        break;
                    }

                    _idle.Add(counter);
                    yield return _agenda.Now < closes ? closes : leaves;
                    _idle.Remove(counter);
                    continue;
                }

                var visit = Visit.Draw(_plan.Ward, counter, ticket.Service, _citizens[ticket.Id].NextStay());
                yield return _agenda.Now + visit.Walk;
                if (visit.Comes)
                {
                    Must(new StartService(number, officer));
                    yield return _agenda.Now + visit.Service;
                    Must(visit.TransferTo is { } service && IsServedNow(service)
                        ? new TransferTicket(number, officer, service, null)
                        : new FinishService(number, officer, visit.Outcome));
                }
                else
                {
                    Must(new RecallTicket(number, officer));
                    yield return _agenda.Now + visit.Walk;
                    Must(new RecordNoShow(number, officer));
                }

                yield return _agenda.Now + visit.Breath;
                if (visit.Break is { } rest && _agenda.Now < closes)
                {
                    Must(new PauseCounter(number, officer));
                    yield return _agenda.Now + rest;
                    Must(new ResumeCounter(number, officer));
                }
            }

            Must(new EndDuty(number, officer));
        }
    }

    /// <summary>Whether somebody who is at another counter has an errand here yet.</summary>
    private bool MayStillCome(WardCounter counter) =>
        _hall.Counters.Values.Any(other => _hall.InHand(other) is { } ticket && ticket.Services.Any(one => counter.Services.Contains(one)));

    private bool IsServedNow(string service) =>
        _hall.Counters.Values.Any(counter => counter.Officer is not null && counter.Setup.Services.Contains(service));

    private Guid NewId() => new(++_ids, 0, 0, new byte[8]);

    private void Must(HallCommand command)
    {
        if (Do(command).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The rules refused {command}: {refusal.English}");
        }
    }

    private Decision Do(HallCommand command)
    {
        var decision = command.Decide(_hall, _agenda.Now);
        foreach (var happened in decision.Events)
        {
            _hall = _hall.Apply(happened);
            _tally.Hear(happened);
            if (happened is TicketChanged { Ticket: { State: TicketState.Waiting } ticket })
            {
                WakeFor(ticket);
            }
        }

        return decision;
    }

    /// <summary>Who has been idle longest presses first.</summary>
    private void WakeFor(Ticket ticket)
    {
        if (_idle.Find(counter => counter.Services.Contains(ticket.Service)) is { } first)
        {
            _idle.Remove(first);
            _agenda.Await(_officers[first.Number], _agenda.Now);
        }
    }

    // A change of the clocks comes before noon: counted back from noon, the opening hours are right on that day too.
    private DateTimeOffset Midnight(DateOnly date)
    {
        var noon = date.ToDateTime(new TimeOnly(12, 0));
        var zone = Zones.Find(_plan.Setup.TimeZone);
        return new DateTimeOffset(noon, zone.GetUtcOffset(noon)) - TimeSpan.FromHours(12);
    }

    /// <summary>Where a citizen's chances come from: the same for the same stay, whoever is called before or after.</summary>
    private sealed class Citizen(int seed, int day, int index)
    {
        private int _stays;

        public Random NextStay() => Chance.For(seed, day, index, _stays++);
    }
}
