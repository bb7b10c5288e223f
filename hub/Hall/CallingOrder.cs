using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>How a counter with several services chooses among those that stand first.</summary>
public enum CounterOrder
{
    /// <summary>Who has waited longest, over all its services.</summary>
    LongestWait,

    /// <summary>The first service of its list where one waits.</summary>
    Preference,
}

/// <summary>
/// Which ticket is called next at a counter. Each service offers one: a ticket whose booked time has come; else the oldest ticket over the limit, of
/// either lane; else a priority ticket, until so many were called in a row; else a normal one. Of the offered tickets, booked ones go first, the
/// earliest of them; then tickets over the limit, the oldest; then priority, the oldest; then normal, the oldest; or, by preference, after the
/// tickets over the limit the first service of the counter's list.
/// </summary>
internal sealed class CallingOrder
{
    private readonly List<Offering> _services = [];
    private readonly CounterOrder _order;
    private readonly HallState _hall;
    private readonly Counter _counter;
    private readonly DateTimeOffset _now;

    private CallingOrder(HallState hall, Counter counter, string? service, DateTimeOffset now)
    {
        _order = counter.Setup.Order ?? CounterOrder.LongestWait;
        (_hall, _counter, _now) = (hall, counter, now);
        if (!counter.Queue.IsEmpty)
        {
            // Who was sent here from elsewhere can be called nowhere else: of what is offered here, theirs is named first.
            foreach (var code in counter.Queue.Keys.Where(code => !counter.Setup.Services.Contains(code)).Order(StringComparer.Ordinal))
            {
                Add(code, service, Lanes.Empty);
            }
        }

        foreach (var code in counter.Setup.Services)
        {
            Add(code, service, hall.Services[code].Waiting);
        }
    }

    /// <summary>The next one, of all services or of one; null where no one waits.</summary>
    public static QueueEntry? Next(HallState hall, Counter counter, string? service, DateTimeOffset now) =>
        new CallingOrder(hall, counter, service, now).First()?.Offer!.Value.Entry;

    /// <summary>All whom the counter may call, in the order in which it would if no other counter called and no more came.</summary>
    public static IEnumerable<QueueEntry> All(HallState hall, Counter counter, DateTimeOffset now)
    {
        var order = new CallingOrder(hall, counter, null, now);
        while (order.First() is { } first)
        {
            yield return first.Offer!.Value.Entry;
            first.Take();
        }
    }

    private void Add(string code, string? only, Lanes shared)
    {
        var own = _counter.Queue.GetValueOrDefault(code, Lanes.Empty);
        if ((only is null || only == code) && shared.Count + own.Count > 0)
        {
            _services.Add(new Offering(shared, own, _hall.Services[code].PriorityInARow, _hall.Setup.LaneRule, _now));
        }
    }

    private Offering? First()
    {
        Offering? first = null;
        foreach (var service in _services)
        {
            if (service.Offer is { } offer && (first?.Offer is not { } other || GoesBefore(offer, other)))
            {
                first = service;
            }
        }

        return first;
    }

    private bool GoesBefore((Turn Turn, QueueEntry Entry) one, (Turn Turn, QueueEntry Entry) other) =>
        _order == CounterOrder.Preference && other.Turn > Turn.OverLimit
            ? one.Turn <= Turn.OverLimit
            : one.Turn < other.Turn || (one.Turn == other.Turn && one.Entry < other.Entry);

    /// <summary>Why a ticket is offered, the first to go first.</summary>
    private enum Turn
    {
        Booked,
        OverLimit,
        Priority,
        Normal,
    }

    /// <summary>A service at this counter: its two lanes, each together with those who wait for this counter alone.</summary>
    private sealed class Offering
    {
        private readonly LaneRule _rule;
        private readonly DateTimeOffset _now;
        private Line _booked;
        private Line _normal;
        private Line _priority;
        private int _inARow;

        public Offering(Lanes shared, Lanes own, int inARow, LaneRule rule, DateTimeOffset now)
        {
            (_inARow, _rule, _now, _booked) = (inARow, rule, now, new Line(shared.Booked, own.Booked));
            (_normal, _priority) = (new Line(shared.Normal, own.Normal), new Line(shared.Priority, own.Priority));
            Offer = Make();
        }

        public (Turn Turn, QueueEntry Entry)? Offer { get; private set; }

        /// <summary>What it offers is called.</summary>
        public void Take()
        {
            if (Offer!.Value.Turn == Turn.Booked)
            {
                _booked.Step();
            }
            else if (Offer!.Value.Entry == _priority.First)
            {
                _priority.Step();
                _inARow++;
            }
            else
            {
                _normal.Step();
                _inARow = 0;
            }

            Offer = Make();
        }

        private (Turn, QueueEntry)? Make() => (_booked.First, _normal.First, _priority.First) switch
        {
            ({ } booked, _, _) when booked.ArrivedAt <= _now => (Turn.Booked, booked),
            (_, { } normal, var priority) when IsOverLimit(normal) && !(priority < normal) => (Turn.OverLimit, normal),
            (_, _, { } priority) when IsOverLimit(priority) => (Turn.OverLimit, priority),
            (_, { } normal, { } priority) => _inARow < _rule.PriorityInARow ? (Turn.Priority, priority) : (Turn.Normal, normal),
            (_, null, { } priority) => (Turn.Priority, priority),
            (_, { } normal, null) => (Turn.Normal, normal),
            _ => null,
        };

        private bool IsOverLimit(QueueEntry entry) => _now - entry.ArrivedAt > _rule.WaitLimit;
    }

    /// <summary>Two queues as one, by arrival.</summary>
    private struct Line(ImmutableSortedSet<QueueEntry> one, ImmutableSortedSet<QueueEntry> other)
    {
        private int _ofOne;
        private int _ofOther;

        public readonly QueueEntry? First =>
            _ofOne >= one.Count ? (_ofOther >= other.Count ? null : other[_ofOther])
            : _ofOther >= other.Count || one[_ofOne] < other[_ofOther] ? one[_ofOne]
            : other[_ofOther];

        public void Step()
        {
            if (_ofOther >= other.Count || (_ofOne < one.Count && one[_ofOne] < other[_ofOther]))
            {
                _ofOne++;
            }
            else
            {
                _ofOther++;
            }
        }
    }
}
