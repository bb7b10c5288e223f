using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>The state of one hall on one business day: an immutable value that events turn into the next.</summary>
public sealed record HallState
{
    /// <summary>How long a citizen is invited to rate after the finish.</summary>
    public static readonly TimeSpan RatingWindow = TimeSpan.FromSeconds(60);

    /// <summary>How long a rating can be changed after its first press.</summary>
    public static readonly TimeSpan ChangeWindow = TimeSpan.FromSeconds(5);

    /// <summary>How long a finish or no-show can be undone.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromSeconds(60);

    /// <summary>The time in which a device may take so many numbers.</summary>
    private static readonly TimeSpan DeviceWindow = TimeSpan.FromMinutes(1);

    private const int CallsKept = 10;

    public required Setup Setup { get; init; }
    public required DateOnly Day { get; init; }
    public ImmutableDictionary<Guid, Ticket> Tickets { get; init; } = ImmutableDictionary<Guid, Ticket>.Empty;
    public required ImmutableDictionary<string, ServiceQueue> Services { get; init; }
    public required ImmutableSortedDictionary<int, Counter> Counters { get; init; }

    /// <summary>Tickets on hold, by arrival.</summary>
    public ImmutableSortedSet<QueueEntry> Held { get; init; } = [];

    /// <summary>No-shows of today, who can be called again, by arrival.</summary>
    public ImmutableSortedSet<QueueEntry> NoShows { get; init; } = [];

    /// <summary>When each device took its numbers of the last minute, where the hall sets a limit.</summary>
    public ImmutableDictionary<string, ImmutableQueue<DateTimeOffset>> TakenByDevice { get; init; } =
        ImmutableDictionary<string, ImmutableQueue<DateTimeOffset>>.Empty;

    /// <summary>The newest ten calls, newest first.</summary>
    public ImmutableArray<Call> Calls { get; init; } = [];

    /// <summary>A hall at the opening of a day.</summary>
    public static HallState Open(DateOnly day, Setup setup) => new()
    {
        Setup = setup,
        Day = day,
        Services = setup.Services.ToImmutableDictionary(service => service.Code, service => ServiceQueue.Of(service, setup)),
        Counters = setup.Counters.ToImmutableSortedDictionary(counter => counter.Number, counter => new Counter { Setup = counter }),
    };

    /// <summary>Whether a service can be asked for: one that was taken out today stays for the numbers it had, and no more.</summary>
    public bool Offers(string service) => Services.TryGetValue(service, out var queue) && !queue.Gone;

    /// <summary>Whether whoever waits for a service can be called: it is offered, and a counter serves it.</summary>
    public bool IsServed(string service) => Offers(service) && !Services[service].Counters.IsEmpty;

    /// <summary>Whether somebody can be called for a service now: open where one of its counters is, else paused where one is, else closed.</summary>
    public CounterStatus CounterStatusFor(string service) => StatusOf(Services[service].Counters);

    /// <summary>The same of the counters that may call a waiting ticket.</summary>
    public CounterStatus CounterStatusFor(Ticket ticket) => ticket.Counter is { } number ? StatusOf([number]) : CounterStatusFor(ticket.Service);

    /// <summary>The ticket in hand at a counter, or null.</summary>
    public Ticket? InHand(Counter counter) => counter.InHand is { } id ? Tickets[id] : null;

    /// <summary>Waiting tickets of its service that would be called before this one if no more came; 0 where it does not wait.</summary>
    public int Ahead(Ticket ticket, DateTimeOffset now) =>
        ticket.State != TicketState.Waiting ? 0
        : ticket.Appointment is not null ? LineBefore(Services[ticket.Service], ticket.Counter).AheadOfBooked(ticket.Entry, now)
        : AheadOf(ticket.Service, ticket.Lane, ticket.Entry, ticket.Counter, now);

    private CounterStatus StatusOf(ImmutableArray<int> counters) =>
        counters.Any(number => Counters[number].Status == CounterStatus.Open) ? CounterStatus.Open
        : counters.Any(number => Counters[number].Status == CounterStatus.Paused) ? CounterStatus.Paused
        : CounterStatus.Closed;

    /// <summary>How many of a service would be called before one who stood there, for a counter alone or for any.</summary>
    internal int AheadOf(string service, Lane lane, QueueEntry entry, int? counter, DateTimeOffset now) =>
        LineBefore(Services[service], counter).Ahead(entry, lane, Services[service].PriorityInARow, Setup.LaneRule, now);

    /// <summary>A desk calls from its service's line and from its own as from one; so both are before whoever that desk alone can call.</summary>
    private Lanes LineBefore(ServiceQueue service, int? counter)
    {
        if ((counter ?? (service.Counters is [var only] ? only : null)) is not { } number || !Counters[number].Queue.TryGetValue(service.Setup.Code, out var own))
        {
            return service.Waiting;
        }

        return Counters[number].Setup.Services.Contains(service.Setup.Code) ? service.Waiting.With(own) : own;
    }

    /// <summary>How many wait whom this counter may call.</summary>
    public int WaitingFor(Counter counter) =>
        counter.Queue.Values.Sum(line => line.Count)
        + counter.Setup.Services.Sum(code => Services.TryGetValue(code, out var service) ? service.Waiting.Count : 0);

    /// <summary>The tickets this counter may call, in the order in which it would.</summary>
    public IEnumerable<Ticket> CallableAt(Counter counter, DateTimeOffset now) =>
        CallingOrder.All(this, counter, now).Select(entry => Tickets[entry.Ticket]);

    /// <summary>Who waits at this counter for a booked time that has not come, in order.</summary>
    public IEnumerable<Ticket> BookedLaterAt(Counter counter, DateTimeOffset now) =>
        counter.Setup.Services.Where(Services.ContainsKey).Select(code => Services[code].Waiting).Concat(counter.Queue.Values)
            .SelectMany(line => line.Booked).Where(entry => entry.ArrivedAt > now).Order().Select(entry => Tickets[entry.Ticket]);

    /// <summary>How long a device waits that has taken as many numbers within the last minute as it may; null where it need not.</summary>
    public TimeSpan? WaitOf(string device, DateTimeOffset now)
    {
        var most = Setup.TicketsPerDeviceAndMinute;
        var taken = most > 0 ? TakenByDevice.GetValueOrDefault(device, []).Where(at => now - at < DeviceWindow).ToList() : [];
        return taken.Count >= most && most > 0 ? taken[^most] + DeviceWindow - now : null;
    }

    /// <summary>The hall as an event begins it, whatever was before; null where it begins none.</summary>
    public static HallState? BegunBy(HallEvent happened) => happened switch
    {
        DayOpened opened => Open(opened.Day, opened.Setup),
        DaysWithdrawn withdrawn => Open(withdrawn.Day, withdrawn.Setup),
        _ => null,
    };

    /// <summary>The hall after an event. Throws only where the event does not fit, which is a bug.</summary>
    public HallState Apply(HallEvent happened) => happened switch
    {
        TicketChanged change => Apply(change),
        DutyChanged duty => With(Counters[duty.Counter] with
        {
            Officer = duty.Started ? duty.Officer : null,
            Duty = duty.Started ? duty.Duty : null,
            Paused = false,
            PausedAt = null,
        }),
        CounterPaused pause => With(Counters[pause.Counter] with { Paused = pause.Paused, PausedAt = pause.Paused ? pause.At : null }),
        RatingChanged { Change: RatingChange.Recorded, Rating: { Attributed: true, Counter: { } number } rating }
            when Counters.TryGetValue(number, out var counter) => With(Rated(counter, rating)),
        RatingChanged or ClockConfirmed or AuditEntryAdded or DayClosed or ConfigurationChanged or JournalRestored => this,
        _ when BegunBy(happened) is { } begun => begun,
        NumbersRaised raised => raised.Issued.Where(issued => Services.ContainsKey(issued.Key)).Aggregate(
            this, (hall, issued) => hall.With(hall.Services[issued.Key] with { Issued = Math.Max(hall.Services[issued.Key].Issued, issued.Value) })),
        SetupChanged changed => Apply(changed.Setup),
        _ => throw new ArgumentException($"The hall does not know {happened.Kind}.", nameof(happened)),
    };

    private HallState Apply(TicketChanged change)
    {
        var before = Tickets.GetValueOrDefault(change.Ticket.Id);
        if (before is null && change.Change == TicketChange.Printed)
        {
            // Told late, of a ticket of a day gone by.
            return this;
        }

        var deskTime = CounterTime(before, change);
        var ticket = WithTold(change, change.Change switch
        {
            TicketChange.Issued => change.Estimate,
            TicketChange.Undone => Counters[change.Counter!.Value].LastEnding?.Before.Told,
            _ => deskTime is null ? before?.Told : null,
        });
        var hall = Move(before, ticket);
        if (deskTime is { } seconds && hall.Services.TryGetValue(before!.Service, out var service))
        {
            hall = hall.With(service.WithCounterTime(seconds));
        }

        return change.Change switch
        {
            TicketChange.Issued => hall.WithIssued(change).WithTaken(ticket),
            TicketChange.Called => hall.With(hall.Counters[ticket.Counter!.Value] with { Rated = null }).WithCall(change).WithTurn(change),
            TicketChange.Recalled => hall.WithCall(change),
            TicketChange.Started => hall.With(hall.Counters[change.Counter!.Value] with { Invitation = null }),
            TicketChange.Served => hall.WithServed(before!, change),
            TicketChange.NoShow when change.Counter is { } number =>
                hall.With(hall.Counters[number] with { LastEnding = new Ending(before!, change.Officer, change.At) }),
            TicketChange.Transferred when change.Reason == FinishService.NextErrand =>
                hall.With(hall.Counters[change.Counter!.Value] with { LastEnding = new Ending(before!, change.Officer, change.At) }),
            TicketChange.Undone => hall.WithUndone(hall.Counters[change.Counter!.Value], ticket.Id),
            _ => hall,
        };
    }

    private HallState WithIssued(TicketChanged change)
    {
        var isMorning = HalfDay.IsMorning(TimeZoneInfo.ConvertTime(change.At, Setup.Zone).DateTime);
        var service = Services[change.Ticket.Service].WithErrand(isMorning);
        var hall = With(service with
        {
            Issued = service.Issued + 1,
            IssuedPriority = service.IssuedPriority + (change.Ticket.Lane == Lane.Priority ? 1 : 0),
        });
        return change.Ticket.Services.IsEmpty
            ? hall
            : change.Ticket.Services.Distinct().Where(code => code != change.Ticket.Service)
                .Aggregate(hall, (hall, code) => hall.With(hall.Services[code].WithErrand(isMorning)));
    }

    /// <summary>The ticket with what was told of its wait: said once, and done with when the first call is over.</summary>
    private static Ticket WithTold(TicketChanged change, Estimate? told) =>
        ReferenceEquals(change.Ticket.Told, told) ? change.Ticket : change.Ticket with { Told = told };

    /// <summary>How long a call that ends now, however it does, has kept its desk; null where none ends.</summary>
    private static int? CounterTime(Ticket? before, TicketChanged change) =>
        before is { IsInHand: true, CalledAt: { } called } && !change.Ticket.IsInHand && !change.Automatic ? CounterTime(called, change.At) : null;

    private static int CounterTime(DateTimeOffset called, DateTimeOffset ended) => (int)(ended - called).TotalSeconds;

    private HallState WithTaken(Ticket ticket)
    {
        if (Setup.TicketsPerDeviceAndMinute == 0 || ticket.Issuer is not { } device)
        {
            return this;
        }

        var taken = TakenByDevice.GetValueOrDefault(device, []);
        while (!taken.IsEmpty && ticket.IssuedAt - taken.Peek() >= DeviceWindow)
        {
            taken = taken.Dequeue();
        }

        return this with { TakenByDevice = TakenByDevice.SetItem(device, taken.Enqueue(ticket.IssuedAt)) };
    }

    private HallState WithCall(TicketChanged change)
    {
        var (ticket, number) = (change.Ticket, change.Ticket.Counter!.Value);
        var earlier = change.Change == TicketChange.Recalled ? Calls.FirstOrDefault(call => call.Number == ticket.Number && call.Counter == number) : null;
        var kept = earlier is not null ? Calls.Remove(earlier) : Calls.Length < CallsKept ? Calls : Calls.RemoveAt(CallsKept - 1);
        return this with { Calls = kept.Insert(0, new Call(ticket.Number, number, change.At, (earlier?.Times ?? 0) + 1) { Booked = ticket.Appointment is not null }) };
    }

    /// <summary>
    /// The lanes take turns by the calls of the rule alone: a chosen call is nobody's turn, nor that of a booked time, nor that of one who was sent to
    /// a counter where the others of the service can't be called.
    /// </summary>
    private HallState WithTurn(TicketChanged change)
    {
        if (!Services.TryGetValue(change.Ticket.Service, out var service))
        {
            return this;
        }

        var isTurn = change.Reason != CallTicket.Chosen && change.Ticket.Appointment is null && Counters[change.Ticket.Counter!.Value].Setup.Services.Contains(change.Ticket.Service);
        return With(service with
        {
            LastCalled = change.Ticket.Number,
            PriorityInARow = !isTurn ? service.PriorityInARow : change.Ticket.Lane == Lane.Priority ? service.PriorityInARow + 1 : 0,
        });
    }

    private HallState WithServed(Ticket before, TicketChanged change)
    {
        var ticket = change.Ticket;
        var counter = Counters[change.Counter!.Value];
        var rated = counter.Rated is { } first && first.Ticket == ticket.Id ? first : null;
        var until = change.At + RatingWindow;
        if (rated is not null && rated.At + ChangeWindow < until)
        {
            until = rated.At + ChangeWindow;
        }

        return With(counter with
        {
            LastEnding = change.Automatic ? null : new Ending(before, change.Officer, change.At),
            Invitation = change.Automatic || until <= change.At ? null : new Invitation(ticket.Id, ticket.Number, until),
        });
    }

    /// <summary>The ticket is in hand again, and its time at the desk is not over; who was invited before it stays invited.</summary>
    private HallState WithUndone(Counter counter, Guid ticket)
    {
        var hall = With(counter with
        {
            LastEnding = null,
            Invitation = counter.Invitation?.Ticket == ticket ? null : counter.Invitation,
        });
        return counter.LastEnding is { Before: { CalledAt: { } called } before, At: var ended } && Services.TryGetValue(before.Service, out var service)
            ? hall.With(service.WithoutCounterTime(CounterTime(called, ended)))
            : hall;
    }

    private static Counter Rated(Counter counter, Rating rating)
    {
        var rated = counter with { Rated = new FirstRating(rating.Ticket!.Value, rating.FirstAt) };
        return rated.Invitation is { } open && open.Ticket == rating.Ticket && rating.FirstAt + ChangeWindow < open.Until
            ? rated with { Invitation = open with { Until = rating.FirstAt + ChangeWindow } }
            : rated;
    }

    /// <summary>Takes a ticket out of where it was and puts it where its state says.</summary>
    private HallState Move(Ticket? before, Ticket after)
    {
        var hall = this with { Tickets = Tickets.SetItem(after.Id, after) };
        if (before is not null)
        {
            hall = hall.Place(before, add: false);
        }

        return hall.Place(after, add: true);
    }

    private HallState Place(Ticket ticket, bool add) => ticket.State switch
    {
        TicketState.Waiting when ticket.Counter is { } number && Counters.TryGetValue(number, out var counter) =>
            With(counter with { Queue = Put(counter.Queue, ticket, add) }).WithWaitingAtCounters(ticket.Service, add ? 1 : -1),
        TicketState.Waiting when Services.TryGetValue(ticket.Service, out var service) =>
            With(service with { Waiting = service.Waiting.Put(ticket, add) }),
        TicketState.Called or TicketState.Serving when Counters.TryGetValue(ticket.Counter!.Value, out var counter) =>
            With(counter with
            {
                InHand = add ? ticket.Id : null,
                Rated = add && counter.Rated?.Ticket != ticket.Id ? null : counter.Rated,
            }),
        TicketState.Held => this with { Held = Put(Held, ticket, add) },
        TicketState.NoShow => this with { NoShows = Put(NoShows, ticket, add) },
        _ => this,
    };

    private HallState WithWaitingAtCounters(string code, int difference) =>
        Services.TryGetValue(code, out var service) ? With(service with { WaitingAtCounters = service.WaitingAtCounters + difference }) : this;

    private static ImmutableDictionary<string, Lanes> Put(ImmutableDictionary<string, Lanes> queues, Ticket ticket, bool add)
    {
        var line = queues.GetValueOrDefault(ticket.Service, Lanes.Empty).Put(ticket, add);
        return line.Count == 0 ? queues.Remove(ticket.Service) : queues.SetItem(ticket.Service, line);
    }

    private static ImmutableSortedSet<QueueEntry> Put(ImmutableSortedSet<QueueEntry> queue, Ticket ticket, bool add) =>
        add ? queue.Add(ticket.Entry) : queue.Remove(ticket.Entry);

    private HallState With(Counter counter) => this with { Counters = Counters.SetItem(counter.Number, counter) };

    private HallState With(ServiceQueue service) => this with { Services = Services.SetItem(service.Setup.Code, service) };

    /// <summary>A changed set-up keeps what is issued: queues and counters go on under the new rules.</summary>
    private HallState Apply(Setup setup)
    {
        var gone = Services.Values.Where(queue => !setup.Services.Any(service => service.Code == queue.Setup.Code))
            .Select(queue => KeyValuePair.Create(queue.Setup.Code, queue with { Gone = true, Counters = [] }));
        var unused = Counters.Values.Where(counter => counter.IsUnused && !setup.Counters.Any(next => next.Number == counter.Number)).Select(counter => counter.Number);
        return this with
        {
            Setup = setup,
            Services = setup.Services.Aggregate(Services.SetItems(gone), (services, service) => services.SetItem(
                service.Code,
                services.TryGetValue(service.Code, out var queue) ? queue.Under(service, setup) : ServiceQueue.Of(service, setup))),
            Counters = setup.Counters.Aggregate(Counters.RemoveRange(unused), (counters, counter) => counters.SetItem(
                counter.Number,
                counters.TryGetValue(counter.Number, out var old) ? old with { Setup = counter } : new Counter { Setup = counter })),
        };
    }
}
