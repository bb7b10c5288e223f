using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>Makes figures of a hall's events, knowing nothing of how the people behave.</summary>
internal sealed class Tally(Action<HallEvent>? heard)
{
    private readonly Dictionary<(string Service, Lane Lane), Row> _rows = [];
    private readonly SortedDictionary<int, AtCounter> _counters = [];
    private readonly SortedDictionary<string, int> _fates = [];

    /// <summary>Who waits for a service, in the order of arrival.</summary>
    private readonly Dictionary<string, SortedDictionary<(DateTimeOffset, int), Ticket>> _waiting = [];

    private readonly Dictionary<Guid, (TicketState State, int Overtaken)> _today = [];
    private DateTimeOffset _from = DateTimeOffset.MinValue;
    private int _part;
    private int _came;

    /// <summary>What happened until now counts for nothing but the fates.</summary>
    public void BeginAt(DateTimeOffset instant) => _from = instant;

    /// <summary>A day is over, or another part of a run that is as good as independent of the next.</summary>
    public void EndPart() => _part++;

    /// <summary>Somebody asked for a number, and was perhaps refused it.</summary>
    public void Came(Refusal? refusal)
    {
        _came++;
        if (refusal is not null)
        {
            Count(refusal.Code);
        }
    }

    public void Hear(HallEvent happened)
    {
        heard?.Invoke(happened);
        switch (happened)
        {
            case TicketChanged change:
                Hear(change);
                break;
            case DutyChanged duty:
                At(duty.Counter).Duty.Switch(duty.Started, duty.At, _from);
                break;
            case CounterPaused pause:
                At(pause.Counter).Pauses.Switch(pause.Paused, pause.At, _from);
                break;
            case DayOpened:
                foreach (var (state, _) in _today.Values)
                {
                    Count(state.Code());
                }

                _today.Clear();
                break;
            default:
                break;
        }
    }

    public Figures Figures(Setup setup) => new()
    {
        Parts = _part,
        Came = _came,
        Fates = _fates.ToImmutableSortedDictionary(),
        Waits =
        [
            .. from service in setup.Services
               from lane in Enum.GetValues<Lane>()
               where _rows.ContainsKey((service.Code, lane))
               let row = _rows[(service.Code, lane)]
               select new Waits(service.Code, lane, [.. row.Waits.Order()], [.. row.Sums(_part)], row.Overtaken, row.MostOvertaken, row.InHand),
        ],
        Counters =
        [
            .. _counters.Select(one => new CounterFigures(one.Key, one.Value.Calls, one.Value.Duty.Sum, one.Value.InHand.Sum, one.Value.Pauses.Sum)),
        ],
    };

    private void Hear(TicketChanged change)
    {
        var ticket = change.Ticket;
        var before = _today.GetValueOrDefault(ticket.Id);
        _today[ticket.Id] = (ticket.State, ticket.State == TicketState.Waiting ? 0 : before.Overtaken);
        switch (change.Change)
        {
            case TicketChange.Issued or TicketChange.Transferred:
                Queue(ticket.Service).Add((ticket.IssuedAt, ticket.Order), ticket);
                break;
            case TicketChange.Called:
                CountCall(ticket);
                break;
            case TicketChange.Expired:
                Queue(ticket.Service).Remove((ticket.IssuedAt, ticket.Order));
                break;
            default:
                break;
        }

        if (change.Counter is { } number)
        {
            var desk = At(number);
            var inHand = desk.InHand.Switch(ticket.IsInHand, change.At, _from);
            if (desk.Row is { } row)
            {
                row.InHand += inHand;
            }

            desk.Row = ticket.IsInHand ? Of(ticket) : null;
        }
    }

    private void CountCall(Ticket ticket)
    {
        var queue = Queue(ticket.Service);
        foreach (var (place, passed) in queue)
        {
            if (place.CompareTo((ticket.IssuedAt, ticket.Order)) >= 0)
            {
                break;
            }

            _today[passed.Id] = (TicketState.Waiting, _today[passed.Id].Overtaken + 1);
        }

        queue.Remove((ticket.IssuedAt, ticket.Order));
        if (ticket.CalledAt >= _from)
        {
            Of(ticket).Add(_part, (ticket.CalledAt!.Value - ticket.QueuedAt).TotalMinutes, _today[ticket.Id].Overtaken);
            At(ticket.Counter!.Value).Calls++;
        }
    }

    private void Count(string fate) => _fates[fate] = _fates.GetValueOrDefault(fate) + 1;

    private Row Of(Ticket ticket) => Get(_rows, (ticket.Service, ticket.Lane));

    private AtCounter At(int number) => Get(_counters, number);

    private SortedDictionary<(DateTimeOffset, int), Ticket> Queue(string service) => Get(_waiting, service);

    private static TValue Get<TKey, TValue>(IDictionary<TKey, TValue> all, TKey key)
        where TValue : new() => all.TryGetValue(key, out var known) ? known : all[key] = new TValue();

    private sealed class Row
    {
        private readonly List<(double Sum, int Count)> _sums = [];

        public List<double> Waits { get; } = [];
        public int Overtaken { get; private set; }
        public int MostOvertaken { get; private set; }
        public TimeSpan InHand { get; set; }

        public void Add(int part, double wait, int overtaken)
        {
            while (_sums.Count <= part)
            {
                _sums.Add((0, 0));
            }

            _sums[part] = (_sums[part].Sum + wait, _sums[part].Count + 1);
            Waits.Add(wait);
            Overtaken += overtaken;
            MostOvertaken = Math.Max(MostOvertaken, overtaken);
        }

        /// <summary>The sums of all parts, empty ones too.</summary>
        public IEnumerable<(double Sum, int Count)> Sums(int parts) =>
            Enumerable.Range(0, parts).Select(part => part < _sums.Count ? _sums[part] : (0, 0));
    }

    private sealed class AtCounter
    {
        public int Calls { get; set; }
        public Span Duty { get; } = new();
        public Span InHand { get; } = new();
        public Span Pauses { get; } = new();

        /// <summary>Where the time of the ticket in hand counts.</summary>
        public Row? Row { get; set; }
    }

    /// <summary>Sums up how long something was on.</summary>
    private sealed class Span
    {
        private DateTimeOffset? _since;

        public TimeSpan Sum { get; private set; }

        public TimeSpan Switch(bool on, DateTimeOffset at, DateTimeOffset countedFrom)
        {
            var since = _since is { } began && began > countedFrom ? began : countedFrom;
            var passed = _since is null || at < since ? TimeSpan.Zero : at - since;
            Sum += passed;
            _since = on ? at : null;
            return passed;
        }
    }
}
