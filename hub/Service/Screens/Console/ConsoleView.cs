using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Devices;
using Reception.Hub.Site;
using Reception.Theme;
using HallTicket = Reception.Hall.Ticket;
using Lane = Reception.Hall.Lane;

namespace Reception.Hub.Screens.Console;

/// <summary>All that an officer's console shows of one counter, at one instant.</summary>
public sealed record ConsoleView
{
    public required string Zone { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required string Services { get; init; }
    public required CounterStatus Status { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public required string Officer { get; init; }

    /// <summary>The ticket in hand, or null.</summary>
    public ConsoleTicket? InHand { get; init; }

    /// <summary>Who waits longer is late.</summary>
    public required TimeSpan WaitLimit { get; init; }

    /// <summary>In the order in which they are called here; last those whose booked time has not come.</summary>
    public required IReadOnlyList<ConsoleTicket> Waiting { get; init; }
    public required IReadOnlyList<ConsoleTicket> Held { get; init; }

    /// <summary>The services of which the next can be called by itself, with how many of each can; empty where there is no choice.</summary>
    public required IReadOnlyList<ServiceLine> Lines { get; init; }
    public required IReadOnlyList<ConsoleTicket> NoShows { get; init; }
    public required IReadOnlyList<ConsoleTicket> Served { get; init; }

    /// <summary>The finish or no-show that can be taken back, or null.</summary>
    public UndoOffer? Undo { get; init; }

    /// <summary>The raters of this counter and the printers of the hall.</summary>
    public required IReadOnlyList<DeviceLight> Devices { get; init; }

    /// <summary>What is to be said of the machine's clock, or null.</summary>
    public ClockNotice? Clock { get; init; }

    /// <summary>Whether a ticket can be called now.</summary>
    public bool CanCall => InHand is null && Status == CounterStatus.Open;

    internal static ConsoleView Of(HallState hall, HallSetup setup, Words words, int number, HallClock clock, IReadOnlyList<DeviceLight> devices, CopyPrinters printers)
    {
        var now = clock.GetUtcNow();
        var counter = hall.Counters[number];
        var names = new Names(setup, words);
        var callable = hall.CallableAt(counter, now).ToList();
        ConsoleTicket Show(HallTicket ticket) => ConsoleTicket.Of(ticket, hall, names, setup.Zone, now) with { CopyAt = printers.For(ticket.Issuer, number) };
        return new ConsoleView
        {
            Zone = setup.File.Site.TimeZone,
            Now = Local(now, setup.Zone),
            Number = number,
            Name = names.Counter(number),
            Services = names.Services(counter.Setup.Services),
            Status = counter.Status,
            PausedAt = counter.PausedAt is { } paused ? Local(paused, setup.Zone) : null,
            Officer = counter.Officer is { } officer ? setup.OfficerName(officer) : "",
            InHand = hall.InHand(counter) is { } ticket ? Show(ticket) : null,
            WaitLimit = hall.Setup.LaneRule.WaitLimit,
            Lines = ServiceLine.Of(counter, callable, setup, names),
            Waiting = [.. callable.Concat(hall.BookedLaterAt(counter, now)).Select(Show)],
            Held = [.. hall.Held.Select(entry => hall.Tickets[entry.Ticket]).Where(Concerns).Select(Show)],
            NoShows = [.. hall.NoShows.Select(entry => hall.Tickets[entry.Ticket]).Where(Concerns).Select(Show)],
            Served = [.. hall.Tickets.Values.Where(ticket => ticket.State == TicketState.Served && ticket.Counter == number)
                .OrderByDescending(ticket => ticket.FinishedAt).Select(Show)],
            Undo = UndoOffer.Of(hall, counter, names, now),
            Devices = devices,
            Clock = ClockNotice.Of(clock, hall, setup.Zone),
        };

        // A colleague's held citizen may come back to any counter of the service.
        bool Concerns(HallTicket ticket) => ticket.Counter == number || counter.Setup.Services.Contains(ticket.Service);
    }

    internal static DateTimeOffset Local(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone);
}

/// <summary>A ticket as its officer sees it.</summary>
public sealed record ConsoleTicket
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Service { get; init; }

    /// <summary>The further errands, in order; null where there is none.</summary>
    public string? Then { get; init; }

    /// <summary>The first of them: a finish passes the citizen on to it.</summary>
    public string? Next { get; init; }

    /// <summary>The service that the citizen came from, where it was transferred.</summary>
    public string? From { get; init; }

    public required Lane Lane { get; init; }
    public required TicketState State { get; init; }
    public required PrintState Printed { get; init; }

    /// <summary>The counter where it was last, or the only one that may call it.</summary>
    public int? Counter { get; init; }

    /// <summary>The booked time, or null.</summary>
    public DateTimeOffset? Booked { get; init; }

    /// <summary>Whether the booked time has not come: it can't be called.</summary>
    public bool IsEarly { get; init; }

    /// <summary>From the arrival, or the booked time where that is later, to the call or to now.</summary>
    public required TimeSpan Waited { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? CalledAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How often it was called here.</summary>
    public int Calls { get; init; }

    public required bool LacksPaper { get; init; }
    public required bool CanBeCancelled { get; init; }

    /// <summary>The device that would print a copy now, or null.</summary>
    public string? CopyAt { get; init; }

    internal static ConsoleTicket Of(HallTicket ticket, HallState hall, Names names, TimeZoneInfo zone, DateTimeOffset now)
    {
        var issuing = names.Issuing(ticket.Number);
        return new ConsoleTicket
        {
            Id = ticket.Id,
            Number = ticket.Number,
            Service = names.Service(ticket.Service),
            Then = ticket.Services.IsEmpty ? null : names.Services(ticket.Services),
            Next = ticket.Services is [var next, ..] ? names.Service(next) : null,
            From = issuing is not null && issuing.Code != ticket.Service ? names.Of(issuing) : null,
            Lane = ticket.Lane,
            State = ticket.State,
            Printed = ticket.Printed,
            Counter = ticket.Counter,
            Booked = ticket.Appointment is { } booked ? ConsoleView.Local(booked.At, zone) : null,
            IsEarly = ticket.State == TicketState.Waiting && ticket.Appointment is { } later && later.At > now,
            Waited = Since(ticket, ticket.CalledAt ?? now),
            IssuedAt = ConsoleView.Local(ticket.IssuedAt, zone),
            CalledAt = ticket.CalledAt is { } called ? ConsoleView.Local(called, zone) : null,
            StartedAt = ticket.StartedAt is { } started ? ConsoleView.Local(started, zone) : null,
            FinishedAt = ticket.FinishedAt is { } finished ? ConsoleView.Local(finished, zone) : null,
            Calls = hall.Calls.FirstOrDefault(call => call.Number == ticket.Number && call.Counter == ticket.Counter)?.Times ?? 1,
            LacksPaper = ticket.LacksPaper,
            CanBeCancelled = ticket.CanBeCancelled,
        };
    }

    private static TimeSpan Since(HallTicket ticket, DateTimeOffset until)
    {
        var from = ticket.Appointment is { } booked && booked.At > ticket.IssuedAt ? booked.At : ticket.IssuedAt;
        return until > from ? until - from : TimeSpan.Zero;
    }
}

/// <summary>A service that a counter may call by itself.</summary>
/// <param name="Waiting">How many of it can be called here now.</param>
public sealed record ServiceLine(string Code, string Prefix, string Name, int Waiting)
{
    /// <summary>The counter's own services, then those of citizens who were sent here; none where that is one service.</summary>
    internal static IReadOnlyList<ServiceLine> Of(Counter counter, IReadOnlyList<HallTicket> callable, HallSetup setup, Names names)
    {
        var lines = counter.Setup.Services.Union(callable.Select(ticket => ticket.Service)).Select(code => new ServiceLine(
            code, setup.Service(code)?.Prefix ?? code[..1], names.Service(code), callable.Count(ticket => ticket.Service == code))).ToList();
        return lines.Count > 1 ? lines : [];
    }
}

/// <summary>The officer's own last finish or no-show, until it can't be taken back any more.</summary>
/// <param name="GoneOnTo">The service of the further errand that the finish passed the citizen on to, or null.</param>
public sealed record UndoOffer(string Number, TicketState Ended, string? GoneOnTo, DateTimeOffset Until)
{
    internal static UndoOffer? Of(HallState hall, Counter counter, Names names, DateTimeOffset now)
    {
        if (!UndoEnding.IsPossible(hall, counter, now) || counter.LastEnding is not { } last)
        {
            return null;
        }

        var ticket = hall.Tickets[last.Before.Id];
        return new UndoOffer(
            ticket.Number,
            ticket.State == TicketState.NoShow ? TicketState.NoShow : TicketState.Served,
            ticket.State == TicketState.Waiting ? names.Service(ticket.Service) : null,
            last.At + HallState.UndoWindow);
    }
}

/// <summary>A device in the console's bar.</summary>
/// <param name="Kind"><c>rater</c> or <c>printer</c>.</param>
/// <param name="State"><c>online</c> or <c>away</c>, or what ails the printer.</param>
public sealed record DeviceLight(string Id, string Kind, string State)
{
    private bool Ails => State is not ("online" or "away");

    public string Class => State switch { "online" => "", PrinterTroubles.PaperLow => "paused", _ => "away" };

    public string What(Words words) => Ails ? words["printer." + State] : words[$"console.{Kind}.{State}"];

    public string? Todo(Words words) => Ails ? words[$"printer.{State}.do"] : null;
}
