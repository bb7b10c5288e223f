using Reception.Hall;

namespace Reception.Unit.Tests.Halls;

/// <summary>
/// Keeps book of a hall by its events alone, with rules of its own written down as naively as can be, and finds the first thing that must not
/// happen: a number twice or left out, a ticket in two places, a step that no ticket takes, a call out of turn, a wait beyond the bound.
/// </summary>
internal sealed class HallHistory(Setup setup)
{
    private static readonly TicketState[] Final = [TicketState.Served, TicketState.NoShow, TicketState.Cancelled, TicketState.Expired];

    private readonly Dictionary<Guid, Ticket> _tickets = [];
    private readonly Dictionary<string, int> _issued = [];
    private readonly Dictionary<int, Guid> _inHand = [];
    private readonly HashSet<string> _duties = [];
    private readonly Dictionary<string, int> _priorityInARow = [];
    private readonly Dictionary<Guid, (int Priority, int Normal)> _passedBy = [];
    private Setup _setup = setup;
    private int _loosest = setup.LaneRule.PriorityInARow;

    public int Days { get; private set; }

    public int Tickets { get; private set; }

    /// <summary>Calls that went by the turns of the lanes.</summary>
    public int Turns { get; private set; }

    /// <summary>Calls at a booked time.</summary>
    public int Booked { get; private set; }

    /// <summary>What is wrong with what a command brought about, or null.</summary>
    public string? Fault(HallCommand command, IEnumerable<HallEvent> events)
    {
        foreach (var happened in events)
        {
            var fault = happened switch
            {
                TicketChanged change => FaultOf(command, change),
                DutyChanged { Started: true } duty => _duties.Add(duty.Officer) ? null : $"{duty.Officer} is on duty twice.",
                DutyChanged duty => _duties.Remove(duty.Officer) ? null : $"{duty.Officer} was not on duty.",
                DayOpened opened => EndOfDay(opened),
                SetupChanged changed => Take(changed.Setup),
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private string? FaultOf(HallCommand command, TicketChanged change)
    {
        var ticket = change.Ticket;
        var before = _tickets.GetValueOrDefault(ticket.Id);
        if (change.Officer is null && change.Reason is null && !change.Automatic && change.Change != TicketChange.Issued)
        {
            return $"{change.Kind} of {ticket.Number} has nobody who did it.";
        }

        var fault = change.Change == TicketChange.Issued ? Issue(ticket, before)
            : before is null ? $"{ticket.Number} changes and was never issued."
            : before.Number != ticket.Number || before.IssuedAt != ticket.IssuedAt || before.Lane != ticket.Lane ? $"{before.Number} changed its number, arrival or lane."
            : !Steps(before.State, ticket.State, change.Change) ? $"{ticket.Number} went from {before.State} to {ticket.State} by {change.Kind}."
            : change.Change == TicketChange.Held && before.State == TicketState.Waiting && change.Reason != EndDuty.CounterLeft ? $"{ticket.Number} was held while it waited."
            : change.Change == TicketChange.Called && before is { State: TicketState.Waiting, Appointment: { } booked } && change.At < booked.At
                ? $"{ticket.Number} was called {booked.At - change.At} before its booked time."
            : change.Change == TicketChange.Called && command is CallNext next ? OutOfTurn(next, change)
            : null;
        if (before?.IsInHand == true)
        {
            _inHand.Remove(before.Counter!.Value);
        }

        if (fault is null && ticket.IsInHand && !_inHand.TryAdd(ticket.Counter!.Value, ticket.Id))
        {
            return $"Counter {ticket.Counter} has two tickets in hand.";
        }

        if (ticket.State != TicketState.Waiting)
        {
            _passedBy.Remove(ticket.Id);
        }

        _tickets[ticket.Id] = ticket;
        return fault;
    }

    private string? Issue(Ticket ticket, Ticket? before)
    {
        var sequence = _issued[ticket.Service] = _issued.GetValueOrDefault(ticket.Service) + 1;
        var prefix = _setup.Services.Single(service => service.Code == ticket.Service).Prefix;
        Tickets++;
        return before is not null ? $"{ticket.Id} was issued twice."
            : ticket.Appointment is { } booked && ticket.IssuedAt - booked.At > TimeSpan.FromSeconds(_setup.AppointmentRule.LateSeconds) ? $"{ticket.Number} came too late for its time."
            : ticket.Number != $"{prefix}{sequence:000}" ? $"{ticket.Number} was given out where {prefix}{sequence:000} was next."
            : null;
    }

    /// <summary>Whether a ticket may go from one state to another by such a change.</summary>
    private static bool Steps(TicketState from, TicketState to, TicketChange change) => (change, from, to) switch
    {
        (TicketChange.Called, TicketState.Waiting or TicketState.Held or TicketState.NoShow, TicketState.Called) => true,
        (TicketChange.Recalled, TicketState.Called, TicketState.Called) => true,
        (TicketChange.Started, TicketState.Called, TicketState.Serving) => true,
        (TicketChange.Held, TicketState.Called or TicketState.Serving or TicketState.Waiting, TicketState.Held) => true,
        (TicketChange.Transferred, TicketState.Called or TicketState.Serving or TicketState.Waiting, TicketState.Waiting) => true,
        (TicketChange.Served, TicketState.Called or TicketState.Serving, TicketState.Served) => true,
        (TicketChange.NoShow, TicketState.Called, TicketState.NoShow) => true,
        (TicketChange.Undone, TicketState.Served or TicketState.Waiting, TicketState.Called or TicketState.Serving) => true,
        (TicketChange.Undone, TicketState.NoShow, TicketState.Called) => true,
        (TicketChange.Cancelled, TicketState.Waiting or TicketState.Called or TicketState.Held, TicketState.Cancelled) => true,
        (TicketChange.Expired, TicketState.Waiting or TicketState.Held, TicketState.Expired) => true,
        _ => false,
    };

    /// <summary>The call against the rule as it is written, and the wait of everybody against the bound.</summary>
    private string? OutOfTurn(CallNext command, TicketChanged change)
    {
        Turns++;
        var called = _tickets[change.Ticket.Id];
        var expected = Expected(command, change.At);
        if (expected != called.Id)
        {
            return $"{called.Number} was called where it was the turn of {(expected is { } other ? _tickets[other].Number : "nobody")}.";
        }

        if (!_setup.Counters.Single(counter => counter.Number == command.Counter).Services.Contains(called.Service))
        {
            // Sent here, where the others of the service are not called.
            return null;
        }

        if (called.Appointment is not null)
        {
            Booked++;
            return null;
        }

        var isPriority = called.Lane == Lane.Priority;
        _priorityInARow[called.Service] = isPriority ? _priorityInARow.GetValueOrDefault(called.Service) + 1 : 0;
        foreach (var waiting in _tickets.Values.Where(ticket => ticket is { State: TicketState.Waiting, Counter: null, Appointment: null }
            && ticket.Service == called.Service && ticket.Id != called.Id))
        {
            var isPassed = (waiting.IssuedAt, waiting.Order).CompareTo((called.IssuedAt, called.Order)) < 0;
            if (isPassed && change.At - waiting.IssuedAt > _setup.LaneRule.WaitLimit)
            {
                return $"{waiting.Number} is over the limit, and {called.Number}, which arrived later, was called before it.";
            }

            if (waiting.Lane == Lane.Normal)
            {
                var (priority, normal) = _passedBy.GetValueOrDefault(waiting.Id);
                _passedBy[waiting.Id] = (priority, normal) = isPriority ? (priority + (isPassed ? 1 : 0), normal) : (priority, normal + 1);
                if (priority > _loosest * (normal + 1))
                {
                    return $"{waiting.Number} was passed by {priority} priority calls, with {normal} normal ones.";
                }
            }
        }

        return null;
    }

    private Guid? Expected(CallNext command, DateTimeOffset now)
    {
        var counter = _setup.Counters.Single(counter => counter.Number == command.Counter);
        var rule = _setup.LaneRule;
        var callable = _tickets.Values.Where(ticket => ticket.State == TicketState.Waiting
            && (ticket.Counter is { } only ? only == counter.Number : counter.Services.Contains(ticket.Service))
            && (command.Service is null || command.Service == ticket.Service)).OrderBy(ticket => ticket.IssuedAt).ThenBy(ticket => ticket.Order).ToList();
        var offers = callable.GroupBy(ticket => ticket.Service).Select(line =>
        {
            var booked = line.Where(ticket => ticket.Appointment is { } one && one.At <= now).MinBy(ticket => (ticket.Appointment!.At, ticket.Order));
            var late = line.FirstOrDefault(ticket => ticket.Appointment is null && now - ticket.IssuedAt > rule.WaitLimit);
            var normal = line.FirstOrDefault(ticket => ticket is { Lane: Lane.Normal, Appointment: null });
            var priority = line.FirstOrDefault(ticket => ticket is { Lane: Lane.Priority, Appointment: null });
            return booked is not null ? (Class: -1, Ticket: booked)
                : late is not null ? (Class: 0, Ticket: late)
                : priority is not null && (normal is null || _priorityInARow.GetValueOrDefault(line.Key) < rule.PriorityInARow) ? (Class: 1, Ticket: priority)
                : (Class: 2, Ticket: normal);
        }).Where(offer => offer.Ticket is not null).Select(offer => (offer.Class, Ticket: offer.Ticket!)).ToList();
        if (counter.Order == CounterOrder.Preference && offers.TrueForAll(offer => offer.Class > 0))
        {
            return offers.OrderBy(offer => counter.Services.IndexOf(offer.Ticket.Service)).ThenBy(offer => offer.Ticket.Service, StringComparer.Ordinal)
                .FirstOrDefault().Ticket?.Id;
        }

        return offers.OrderBy(offer => offer.Class).ThenBy(offer => offer.Ticket.Appointment?.At ?? offer.Ticket.IssuedAt).ThenBy(offer => offer.Ticket.Order).FirstOrDefault().Ticket?.Id;
    }

    private string? EndOfDay(DayOpened opened)
    {
        var open = _tickets.Values.FirstOrDefault(ticket => !Final.Contains(ticket.State));
        if (open is not null || _inHand.Count > 0 || _duties.Count > 0)
        {
            return $"The day ends with {open?.Number} {open?.State}, {_inHand.Count} in hand and {_duties.Count} on duty.";
        }

        Days++;
        _tickets.Clear();
        _issued.Clear();
        _priorityInARow.Clear();
        _passedBy.Clear();
        _loosest = 0;
        return Take(opened.Setup);
    }

    private string? Take(Setup setup)
    {
        _setup = setup;
        _loosest = Math.Max(_loosest, setup.LaneRule.PriorityInARow);
        return null;
    }
}
