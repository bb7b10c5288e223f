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

    /// <summary>Who waits longer than this is shown as late.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(30);

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

    /// <summary>The newest ten calls, newest first.</summary>
    public ImmutableArray<Call> Calls { get; init; } = [];

    /// <summary>A hall at the opening of a day.</summary>
    public static HallState Open(DateOnly day, Setup setup) => new()
    {
        Setup = setup,
        Day = day,
        Services = setup.Services.ToImmutableDictionary(service => service.Code, service => new ServiceQueue { Setup = service }),
        Counters = setup.Counters.ToImmutableSortedDictionary(counter => counter.Number, counter => new Counter { Setup = counter }),
    };

    /// <summary>The ticket in hand at a counter, or null.</summary>
    public Ticket? InHand(Counter counter) => counter.InHand is { } id ? Tickets[id] : null;

    /// <summary>Waiting tickets of its service that would be called before this one if no more came; 0 where it does not wait.</summary>
    public int Ahead(Ticket ticket) => ticket switch
    {
        { State: not TicketState.Waiting } => 0,
        { Counter: { } number } => Counters[number].Queue.Count(entry => entry < ticket.Entry && Tickets[entry.Ticket].Service == ticket.Service),
        _ => Services[ticket.Service].Waiting.IndexOf(ticket.Entry),
    };

    /// <summary>How many wait whom this counter may call.</summary>
    public int WaitingFor(Counter counter) =>
        counter.Queue.Count + counter.Setup.Services.Sum(code => Services.TryGetValue(code, out var service) ? service.Waiting.Count : 0);

    /// <summary>The tickets this counter may call, by arrival.</summary>
    public IEnumerable<Ticket> CallableAt(Counter counter) =>
        counter.Setup.Services.Where(Services.ContainsKey).SelectMany(code => Services[code].Waiting)
            .Concat(counter.Queue).Order().Select(entry => Tickets[entry.Ticket]);

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
        RatingChanged => this,
        DayOpened opened => Open(opened.Day, opened.Setup),
        SetupChanged changed => Apply(changed.Setup),
        _ => throw new ArgumentException($"The hall does not know {happened.Kind}.", nameof(happened)),
    };

    private HallState Apply(TicketChanged change)
    {
        var ticket = change.Ticket;
        var before = Tickets.GetValueOrDefault(ticket.Id);
        if (before is null && change.Change == TicketChange.Printed)
        {
            // Told late, of a ticket of a day gone by.
            return this;
        }

        var hall = Move(before, ticket);
        return change.Change switch
        {
            TicketChange.Issued => hall.With(hall.Services[ticket.Service] is var service ? service with { Issued = service.Issued + 1 } : service),
            TicketChange.Called => hall.With(hall.Counters[ticket.Counter!.Value] with { Rated = null }).WithCall(ticket, change.At, again: false),
            TicketChange.Recalled => hall.WithCall(ticket, change.At, again: true),
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

    private HallState WithCall(Ticket ticket, DateTimeOffset at, bool again)
    {
        var number = ticket.Counter!.Value;
        var earlier = again ? Calls.FirstOrDefault(call => call.Number == ticket.Number && call.Counter == number) : null;
        var kept = earlier is null ? Calls : Calls.Remove(earlier);
        var hall = this with
        {
            Calls = [new Call(ticket.Number, number, at, (earlier?.Times ?? 0) + 1), .. kept.Take(CallsKept - 1)],
        };
        return again || !Services.TryGetValue(ticket.Service, out var service) ? hall : hall.With(service with { LastCalled = ticket.Number });
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

        var hall = With(counter with
        {
            LastEnding = change.Automatic ? null : new Ending(before, change.Officer, change.At),
            Invitation = change.Automatic || until <= change.At ? null : new Invitation(ticket.Id, ticket.Number, until),
        });
        return change.Automatic || !Services.TryGetValue(ticket.Service, out var service)
            ? hall
            : hall.With(service.WithServiceTime((int)(ticket.FinishedAt!.Value - ticket.StartedAt!.Value).TotalSeconds));
    }

    /// <summary>The ticket is in hand again; who was invited before it stays invited.</summary>
    private HallState WithUndone(Counter counter, Guid ticket) => With(counter with
    {
        LastEnding = null,
        Invitation = counter.Invitation?.Ticket == ticket ? null : counter.Invitation,
    });

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
            With(service with { Waiting = Put(service.Waiting, ticket, add) }),
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

    private static ImmutableSortedSet<QueueEntry> Put(ImmutableSortedSet<QueueEntry> queue, Ticket ticket, bool add) =>
        add ? queue.Add(ticket.Entry) : queue.Remove(ticket.Entry);

    private HallState With(Counter counter) => this with { Counters = Counters.SetItem(counter.Number, counter) };

    private HallState With(ServiceQueue service) => this with { Services = Services.SetItem(service.Setup.Code, service) };

    /// <summary>A changed set-up keeps what is issued: queues and counters go on under the new rules.</summary>
    private HallState Apply(Setup setup) => this with
    {
        Setup = setup,
        Services = setup.Services.Aggregate(Services, (services, service) => services.SetItem(
            service.Code,
            services.TryGetValue(service.Code, out var queue) ? queue with { Setup = service } : new ServiceQueue { Setup = service })),
        Counters = setup.Counters.Aggregate(Counters, (counters, counter) => counters.SetItem(
            counter.Number,
            counters.TryGetValue(counter.Number, out var old) ? old with { Setup = counter } : new Counter { Setup = counter })),
    };
}
