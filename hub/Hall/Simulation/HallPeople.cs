using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>A counter and the officer who works there.</summary>
public sealed record StaffedCounter(WardCounter Counter, string Officer);

/// <summary>What a command came to, and the hall after it.</summary>
public sealed record Executed(Decision Decision, HallState Hall);

/// <summary>
/// The citizens and officers of simulated days. They do nothing but command, and see nothing but the hall. What a citizen brings along
/// (arrival, errands, service times) is drawn from a source of its own, so that other rules meet the same people.
/// </summary>
/// <param name="plan">Who comes, and how they behave.</param>
/// <param name="staffed">The counters that are staffed.</param>
/// <param name="execute">Executes a command at an instant.</param>
public sealed class HallPeople(Plan plan, ImmutableArray<StaffedCounter> staffed, Func<HallCommand, DateTimeOffset, Executed> execute)
{
    private readonly Agenda _agenda = new();
    private readonly Dictionary<int, Person> _officers = [];
    private readonly Dictionary<Guid, Citizen> _citizens = [];

    /// <summary>Counters whose officers wait for somebody, the longest idle first.</summary>
    private readonly List<WardCounter> _idle = [];

    private HallState _hall = HallState.Open(DateOnly.MinValue, plan.Setup);
    private int _ids;

    public DateTimeOffset Now => _agenda.Now;

    /// <summary>Makes the ids of tickets and duties; numbers in their order where nothing else is said.</summary>
    public Func<DateTimeOffset, Guid>? Ids { get; init; }

    /// <summary>Lets time pass while nobody waits for anything; it never runs backwards.</summary>
    public void PassTo(DateTimeOffset instant) => _agenda.PassTo(instant);

    /// <summary>A business day has begun.</summary>
    public void Begin(HallState hall)
    {
        _hall = hall;
        _citizens.Clear();
    }

    /// <summary>The people of a day: officers for each shift, and who comes while it is open.</summary>
    /// <param name="day">The days of one seed bring different people.</param>
    public void Come(DateTimeOffset midnight, ImmutableArray<(TimeSpan From, TimeSpan To)> shifts, int day)
    {
        foreach (var one in staffed)
        {
            _officers[one.Counter.Number] = new Person(Officer(one, midnight, shifts));
            _agenda.Await(_officers[one.Counter.Number], midnight);
        }

        _agenda.Await(new Person(Citizens(midnight, shifts[^1].To, day)), midnight);
    }

    /// <summary>Somebody else acts beside them, from now on.</summary>
    public void Join(IEnumerable<DateTimeOffset> story) => _agenda.Await(new Person(story), _agenda.Now);

    /// <summary>Lets everybody act in their turn, until nobody waits for anything.</summary>
    public void RunOut() => _agenda.RunOut();

    private IEnumerable<DateTimeOffset> Citizens(DateTimeOffset midnight, TimeSpan closing, int day)
    {
        var index = 0;
        foreach (var arrival in Arrivals.Of(plan.Ward, plan.Seed, day).TakeWhile(one => one.At < closing))
        {
            yield return midnight + arrival.At;
            var ticket = NewId();
            _citizens.Add(ticket, new Citizen(plan.Seed, day, index++));
            Do(new IssueTicket(ticket, arrival.Service, arrival.Priority ? Lane.Priority : Lane.Normal)
            {
                Services = arrival.Then is { } then ? [then] : [],
                Issuer = plan.Issuer,
            });
        }
    }

    private IEnumerable<DateTimeOffset> Officer(
        StaffedCounter staffedCounter, DateTimeOffset midnight, ImmutableArray<(TimeSpan From, TimeSpan To)> shifts)
    {
        var (counter, officer) = staffedCounter;
        var number = counter.Number;
        foreach (var shift in shifts)
        {
            var (closes, leaves) = (midnight + shift.To, midnight + shift.To + plan.Overtime);
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

                var visit = Visit.Draw(plan.Ward, counter, ticket.Service, _citizens[ticket.Id].NextStay());
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

    private Guid NewId() => Ids?.Invoke(_agenda.Now) ?? new Guid(++_ids, 0, 0, new byte[8]);

    private void Must(HallCommand command)
    {
        if (Do(command).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"The rules refused {command}: {refusal.English}");
        }
    }

    private Decision Do(HallCommand command)
    {
        (var decision, _hall) = execute(command, _agenda.Now);
        foreach (var happened in decision.Events)
        {
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

    /// <summary>Where a citizen's chances come from: the same for the same stay, whoever is called before or after.</summary>
    private sealed class Citizen(int seed, int day, int index)
    {
        private int _stays;

        public Random NextStay() => Chance.For(seed, day, index, _stays++);
    }
}
