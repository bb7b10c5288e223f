using System.Security.Cryptography;
using Reception.Hall;
using Xunit;

namespace Reception.Unit.Tests.Halls;

/// <summary>
/// The bound that <see cref="LaneRule"/> states, for both lanes: all day more citizens arrive than the counters can serve. The seed of each run is
/// printed; that of the last is a new one every time.
/// </summary>
public sealed class SaturatedHallTests(ITestOutputHelper output)
{
    private static readonly int Halls = Effort.Of(usual: 6, all: 60);

    public static TheoryData<int, int> Cases()
    {
        var cases = new TheoryData<int, int>();
        foreach (var percent in new[] { 0, 10, 50, 90, 100 })
        {
            cases.Add(percent, 1);
            cases.Add(percent, RandomNumberGenerator.GetInt32(int.MaxValue));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_a_saturated_hall_no_ticket_of_either_lane_waits_longer_than_the_bound(int percentPriority, int seed)
    {
        output.WriteLine($"Seed {seed}, {percentPriority} % priority");
        var random = new Random(seed);
        var (normal, priority) = (0, 0);
        for (var number = 0; number < Halls; number++)
        {
            var day = new SaturatedDay(random, percentPriority / 100.0);
            var fault = day.Fault();
            Assert.True(fault is null, $"Seed {seed}, {percentPriority} % priority, hall {number}: {fault}");
            normal += day.OverLimit[(int)Lane.Normal];
            priority += day.OverLimit[(int)Lane.Priority];
        }

        output.WriteLine($"{normal} normal and {priority} priority tickets over the limit");
        Assert.True(normal + priority > Halls * 100, $"Seed {seed}: only {normal + priority} tickets over the limit.");
        Assert.True(percentPriority == 100 || normal > Halls, $"Seed {seed}: only {normal} normal tickets over the limit.");
        Assert.True(percentPriority == 0 || priority > Halls, $"Seed {seed}: only {priority} priority tickets over the limit.");
    }

    /// <summary>
    /// A day of a hall whose counters all serve all its services, and call again as soon as a ticket is finished. Some tickets are booked, and some
    /// are transferred at their end.
    /// </summary>
    private sealed class SaturatedDay
    {
        private const int LongestService = 300;
        private static readonly TimeSpan Open = TimeSpan.FromHours(6);

        private readonly Random _random;
        private readonly double _priority;
        private readonly int _counters;
        private readonly string[] _services;
        private readonly TimeSpan _limit;
        private readonly HallScript _hall;
        private readonly Dictionary<Guid, OverLimitWait> _waits = [];

        public SaturatedDay(Random random, double priority)
        {
            (_random, _priority, _counters) = (random, priority, random.Next(1, 5));
            _services = [.. HallScript.Rules().Services.Select(service => service.Code).Take(random.Next(1, 4))];
            var rule = new LaneRule(random.Next(1, 4), random.Next(5, 60) * 60);
            _limit = rule.WaitLimit;
            _hall = new HallScript(HallScript.Rules() with
            {
                Services = [.. HallScript.Rules().Services.Take(_services.Length)],
                Counters = [.. Enumerable.Range(1, _counters).Select(AnyCounter)],
                Lanes = rule,
            });
        }

        /// <summary>How many tickets of each lane were over the limit when they were called.</summary>
        public int[] OverLimit { get; } = new int[2];

        /// <summary>Plays the day; what contradicts the bound, or null.</summary>
        public string? Fault()
        {
            var begin = _hall.Now;
            // Counter 0 is the door.
            var due = new PriorityQueue<int, (DateTimeOffset At, int Counter)>();
            for (var counter = 0; counter <= _counters; counter++)
            {
                if (counter > 0)
                {
                    _hall.SignIn(counter, Officer(counter));
                }

                due.Enqueue(counter, (begin, counter));
            }

            while (due.TryDequeue(out var counter, out var next))
            {
                Note(next.At);
                _hall.Pass(next.At - _hall.Now);
                if (counter == 0)
                {
                    Arrive();
                    // More than half as many again as the counters can serve, sometimes several in one instant.
                    var gap = _random.Next(3) == 0 ? 0 : _random.Next(1, LongestService / _counters);
                    if (_hall.Now - begin < Open)
                    {
                        due.Enqueue(0, (_hall.Now.AddSeconds(gap), 0));
                    }
                }
                else if (Work(counter) is { } fault)
                {
                    return fault;
                }
                else if (_hall.State.Counters[counter].InHand is not null)
                {
                    due.Enqueue(counter, (_hall.Now.AddSeconds(_random.Next(30, LongestService + 1)), counter));
                }
                else if (_hall.Now - begin < Open)
                {
                    due.Enqueue(counter, (_hall.Now.AddSeconds(1), counter));
                }
            }

            return null;
        }

        private CounterSetup AnyCounter(int number)
        {
            var services = _services.ToArray();
            _random.Shuffle(services);
            return new CounterSetup(number, [.. services]) { Order = (CounterOrder)_random.Next(2) };
        }

        private static string Officer(int counter) => $"cb{counter:00}";

        private void Arrive() => _hall.Must(new IssueTicket(_hall.NewId(), AnyService(), _random.NextDouble() < _priority ? Lane.Priority : Lane.Normal)
        {
            Appointment = _random.Next(20) == 0 ? new Appointment("48213907", _hall.Now.AddSeconds(_random.Next(3600))) : null,
        });

        private string AnyService() => _services[_random.Next(_services.Length)];

        /// <summary>The officer finishes the ticket in hand, or sends it on, and calls the next.</summary>
        private string? Work(int counter)
        {
            if (_hall.State.InHand(_hall.State.Counters[counter]) is { } before)
            {
                if (_random.Next(10) == 0)
                {
                    _hall.Must(new TransferTicket(counter, Officer(counter), AnyService(), null));
                    // It waits again by its arrival: one more that may go before those that arrived later.
                    foreach (var wait in _waits.Values.Where(wait => Precedes(before, wait.Ticket)))
                    {
                        wait.Before++;
                    }
                }
                else
                {
                    _hall.Must(new FinishService(counter, Officer(counter)));
                }
            }

            _hall.Must(new CallNext(counter, Officer(counter)));
            return _hall.State.InHand(_hall.State.Counters[counter]) is { } called ? FaultOf(called) : null;
        }

        /// <summary>Before time goes on to an instant: which tickets come over the limit until then, and how many may go before each.</summary>
        private void Note(DateTimeOffset until)
        {
            var waiting = _hall.State.Services.Values.SelectMany(service => service.Waiting.Normal.Concat(service.Waiting.Priority)).ToList();
            foreach (var entry in waiting.Where(entry => entry.ArrivedAt + _limit < until && !_waits.ContainsKey(entry.Ticket)))
            {
                var ticket = _hall.Ticket(entry.Ticket);
                var from = ticket.IssuedAt + _limit > ticket.QueuedAt ? ticket.IssuedAt + _limit : ticket.QueuedAt;
                _waits[ticket.Id] = new OverLimitWait(ticket, from, waiting.Count(other => other < entry));
            }
        }

        /// <summary>A call against the bound: nothing that arrived later is called before a ticket over the limit, and its wait has an end.</summary>
        private string? FaultOf(Ticket called)
        {
            _waits.Remove(called.Id, out var own);
            if (called.Appointment is not null)
            {
                foreach (var wait in _waits.Values)
                {
                    wait.Before++;
                }

                return null;
            }

            if (_waits.Values.FirstOrDefault(wait => Precedes(wait.Ticket, called)) is { } passed)
            {
                return $"{passed.Ticket.Number} ({passed.Ticket.Lane}) is over the limit since {passed.From:T}, and {called.Number} ({called.Lane}), which arrived later, was called at {_hall.Now:T}.";
            }

            if (own is null)
            {
                return null;
            }

            OverLimit[(int)called.Lane]++;
            var latest = own.From.AddSeconds(LongestService * Math.Ceiling((own.Before + 1.0) / _counters));
            return _hall.Now <= latest ? null
                : $"{called.Number} ({called.Lane}) was called at {_hall.Now:T}, after {latest:T}: over the limit since {own.From:T}, {own.Before} before it, {_counters} counters.";
        }

        private static bool Precedes(Ticket one, Ticket other) => (one.IssuedAt, one.Order).CompareTo((other.IssuedAt, other.Order)) < 0;
    }

    /// <summary>A ticket that waits over the limit, since when, and how many calls may come before its own.</summary>
    private sealed class OverLimitWait(Ticket ticket, DateTimeOffset from, int before)
    {
        public Ticket Ticket => ticket;

        public DateTimeOffset From => from;

        public int Before { get; set; } = before;
    }
}
