using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Protocol;

namespace Reception.Hub.Rendering;

/// <summary>The hall's state as the documents of the wire contracts.</summary>
internal sealed class Renderer(SetupBook book)
{
    /// <summary>A ticket as the hall stands; its place is live.</summary>
    public TicketDocument Ticket(HallState hall, Ticket ticket, DateTimeOffset now)
    {
        var waits = ticket.State == TicketState.Waiting;
        return Ticket(ticket, hall.Ahead(ticket, now), waits ? Estimate.For(hall, ticket, now) : null) with
        {
            CounterState = waits ? hall.CounterStatusFor(ticket).Code() : null,
        };
    }

    /// <summary>A ticket as the hall stands after a command.</summary>
    public TicketDocument Ticket(TicketResult result)
    {
        var (hall, ticket) = (result.Hall, result.Hall.Tickets[result.Ticket]);
        return result.IsNew
            ? Ticket(ticket, hall.Ahead(ticket, result.Now), ticket.Told) with { CounterState = hall.CounterStatusFor(ticket).Code() }
            : Ticket(hall, ticket, result.Now);
    }

    /// <summary>A ticket with its place as it was kept.</summary>
    public TicketDocument Ticket(Ticket ticket, int ahead, Estimate? estimate) => new()
    {
        Id = ticket.Id,
        Number = ticket.Number,
        Service = ticket.Service,
        Services = ticket.Services,
        Lane = ticket.Lane.Code(),
        State = ticket.State.Code(),
        Counter = ticket.Counter,
        Ahead = ahead,
        EstimatedWaitSeconds = estimate?.Seconds,
        EstimatedWaitRange = Range(estimate),
        IssuedAt = Local(ticket.IssuedAt),
        CalledAt = Local(ticket.CalledAt),
        StartedAt = Local(ticket.StartedAt),
        FinishedAt = Local(ticket.FinishedAt),
        Outcome = ticket.Outcome?.Code(),
        Printed = ticket.Printed.Code(),
        Appointment = Local(ticket.Appointment?.At),
    };

    /// <summary>A counter with the ticket in hand.</summary>
    public CounterDocument Counter(HallState hall, int number)
    {
        var counter = hall.Counters[number];
        var names = book.Current;
        return new CounterDocument
        {
            Number = number,
            Name = names.CounterName(number),
            State = counter.Status.Code(),
            Officer = counter.Officer is { } officer ? new OfficerDocument(officer, names.OfficerName(officer)) : null,
            Services = counter.Setup.Services,
            Ticket = hall.InHand(counter) is { } ticket ? Ticket(ticket, 0, null) : null,
            Waiting = hall.WaitingFor(counter),
        };
    }

    /// <summary>The public hall.</summary>
    public HallDocument Hall(PublishedHall published, DateTimeOffset at)
    {
        var hall = published.State;
        var setup = book.Current;
        return new HallDocument
        {
            Site = new SiteDocument(setup.File.Site.Code, setup.File.Site.Name),
            Day = hall.Day,
            At = Local(at),
            Version = published.Version,
            Services = [.. hall.Setup.Services.Select(service => Service(hall, hall.Services[service.Code], at))],
            Counters = [.. hall.Counters.Values.Select(counter => HallCounter(hall, counter))],
            Calls = [.. hall.Calls.Select(HallCall)],
            Catalog = setup.CatalogTag,
        };
    }

    /// <summary>A counter as the public sees it.</summary>
    public static HallCounter HallCounter(HallState hall, Counter counter)
    {
        var ticket = hall.InHand(counter);
        return new HallCounter
        {
            Number = counter.Number,
            State = counter.Status.Code(),
            Calling = ticket?.State == TicketState.Called ? ticket.Number : null,
            Serving = ticket?.State == TicketState.Serving ? ticket.Number : null,
            Officer = counter.Officer,
            Waiting = hall.WaitingFor(counter),
        };
    }

    /// <summary>A call as displays show it.</summary>
    public HallCall HallCall(Call call) => new(call.Number, call.Counter, Local(call.At), call.Times) { Booked = call.Booked ? true : null };

    /// <summary>A rating as leaders and the province see it.</summary>
    public RatingDocument Rating(Rating rating) => new(
        rating.Id, Local(rating.At), Local(rating.ArrivedAt ?? rating.At), rating.Level, rating.Reason, rating.Officer, rating.Counter, rating.Service, rating.Ticket,
        rating.Attributed, rating.Changed, rating.Late == true);

    /// <summary>An instant with the hall's own offset.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, book.Current.Zone);

    private DateTimeOffset? Local(DateTimeOffset? instant) => instant is { } known ? Local(known) : null;

    private static int[]? Range(Estimate? estimate) => estimate is null ? null : [estimate.Low, estimate.High];

    private HallService Service(HallState hall, ServiceQueue service, DateTimeOffset at)
    {
        var opening = Opening.Of(hall, service.Setup.Code, at);
        var estimate = opening.IsOpen ? Estimate.ForNew(hall, service.Setup.Code, Lane.Normal, at) : null;
        return new HallService
        {
            Code = service.Setup.Code,
            Waiting = service.WaitingCount,
            LastCalled = service.LastCalled,
            EstimatedWaitSeconds = estimate?.Seconds,
            EstimatedWaitRange = Range(estimate),
            Open = opening.IsOpen,
            ClosedReason = opening.Closed?.Code(),
            OpensAt = Local(opening.OpensAt),
            CounterState = hall.CounterStatusFor(service.Setup.Code).Code(),
        };
    }
}
