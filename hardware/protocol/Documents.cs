using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>A ticket, as HTTP, MQTT and the province carry it (section 3 of the wire contracts).</summary>
public sealed record TicketDocument
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Service { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary><c>normal</c> or <c>priority</c>.</summary>
    public required string Lane { get; init; }

    /// <summary><c>waiting</c>, <c>called</c>, <c>serving</c>, <c>held</c>, <c>served</c>, <c>no-show</c>, <c>cancelled</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    public int? Counter { get; init; }
    public int Ahead { get; init; }

    /// <summary>The likely wait; null where the ticket does not wait, or none of the counters that may call it is open.</summary>
    public int? EstimatedWaitSeconds { get; init; }

    /// <summary>The range that eight waits of ten end in; null together with the likely wait.</summary>
    public IReadOnlyList<int>? EstimatedWaitRange { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? CalledAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? Outcome { get; init; }

    /// <summary><c>none</c>, <c>pending</c>, <c>printed</c>, <c>failed</c> or <c>unknown</c>.</summary>
    public required string Printed { get; init; }

    /// <summary>
    /// While it waits: <c>open</c> where a counter that may call it is open, else <c>paused</c> where one is paused, else <c>closed</c>, without an
    /// officer; absent when it does not wait.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CounterState { get; init; }

    /// <summary>The booked time at which it is called, and not before; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Appointment { get; init; }

    /// <summary>The address of the citizen's page; in the issuer's answer alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }
}

/// <summary>An officer's code and name.</summary>
public sealed record OfficerDocument(string Code, string Name);

/// <summary>A counter as its officer sees it.</summary>
public sealed record CounterDocument
{
    public required int Number { get; init; }
    public required string Name { get; init; }

    /// <summary><c>closed</c>, <c>open</c> or <c>paused</c>.</summary>
    public required string State { get; init; }

    public OfficerDocument? Officer { get; init; }
    public required IReadOnlyList<string> Services { get; init; }
    public TicketDocument? Ticket { get; init; }
    public required int Waiting { get; init; }
}

/// <summary>The public state of the hall: no ticket id and no name of a citizen is in it.</summary>
public sealed record HallDocument
{
    public required SiteDocument Site { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest journal sequence: it only grows.</summary>
    public required long Version { get; init; }

    public required IReadOnlyList<HallService> Services { get; init; }
    public required IReadOnlyList<HallCounter> Counters { get; init; }

    /// <summary>The newest ten calls, newest first.</summary>
    public required IReadOnlyList<HallCall> Calls { get; init; }

    /// <summary>The ETag of the catalogue that the hub has now; absent at hubs of before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Catalog { get; init; }
}

/// <summary>The hall's code and name.</summary>
public sealed record SiteDocument(string Code, string Name);

/// <summary>A service in the hall document.</summary>
public sealed record HallService
{
    public required string Code { get; init; }
    public required int Waiting { get; init; }
    public string? LastCalled { get; init; }

    /// <summary>The likely wait of one who takes a normal number now; null where no numbers are given out, or no counter of the service is open.</summary>
    public int? EstimatedWaitSeconds { get; init; }

    public required bool Open { get; init; }

    /// <summary><c>outside-hours</c>, <c>day-off</c>, <c>last-ticket</c>, <c>quota</c> or <c>no-counter</c>; null while open.</summary>
    public string? ClosedReason { get; init; }
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>The range that eight waits of ten end in, of one who takes a normal number now; null together with the likely wait.</summary>
    public IReadOnlyList<int>? EstimatedWaitRange { get; init; }

    /// <summary><c>open</c> where a counter of the service is open, else <c>paused</c> where one is paused, else <c>closed</c>, without an officer.</summary>
    public string? CounterState { get; init; }
}

/// <summary>A counter in the hall document.</summary>
public sealed record HallCounter
{
    public required int Number { get; init; }
    public required string State { get; init; }

    /// <summary>The number called to the counter and not yet there, or null.</summary>
    public string? Calling { get; init; }

    /// <summary>The number being served there, or null.</summary>
    public string? Serving { get; init; }

    /// <summary>The code of the officer on duty, or null; names are in the catalogue.</summary>
    public string? Officer { get; init; }

    public required int Waiting { get; init; }
}

/// <summary>A call in the hall document; <c>Times</c> counts the call and its recalls.</summary>
public sealed record HallCall(string Number, int Counter, DateTimeOffset At, int Times)
{
    /// <summary>True where it was called at a booked time; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Booked { get; init; }
}

/// <summary>What kiosks and raters keep on disk: <c>GET /api/v1/catalog</c>.</summary>
public sealed record CatalogDocument
{
    public required CatalogSite Site { get; init; }

    /// <summary>After this local time what is taken in is forwarded the next working day, as <c>15:00</c>.</summary>
    public string? ForwardNextDayAfter { get; init; }

    /// <summary>Days off, and what they are called.</summary>
    public IReadOnlyList<CatalogHoliday> Holidays { get; init; } = [];

    /// <summary>How the lanes take turns.</summary>
    public CatalogLanes? Lanes { get; init; }

    /// <summary>When booked citizens are called; absent at hubs of before.</summary>
    public CatalogAppointments? Appointments { get; init; }

    public required IReadOnlyList<CatalogService> Services { get; init; }
    public required IReadOnlyList<CatalogCounter> Counters { get; init; }
    public required IReadOnlyList<CatalogProcedure> Procedures { get; init; }
    public required IReadOnlyList<CatalogOfficer> Officers { get; init; }
}

/// <summary>The hall's names and time zone.</summary>
public sealed record CatalogSite(string Code, string Name, string ShortName, string? Province, string TimeZone);

/// <summary>A day off with its names.</summary>
public sealed record CatalogHoliday(DateOnly Date, string Name, string English);

/// <summary>How the lanes take turns: the numbers, and the promise in words that a citizen can read.</summary>
/// <param name="PriorityInARow">Priority calls of a service in a row at most, while a normal ticket waits and none is over the limit.</param>
/// <param name="WaitLimitMinutes">A ticket of either lane that has waited longer goes first, by arrival.</param>
/// <param name="Text">The promise in Vietnamese.</param>
/// <param name="English">The same in English.</param>
public sealed record CatalogLanes(int PriorityInARow, int WaitLimitMinutes, string Text, string English);

/// <summary>When booked citizens are called.</summary>
/// <param name="LateMinutes">Who comes later than this after the booked time waits as one without an appointment.</param>
/// <param name="Text">The rule in Vietnamese.</param>
/// <param name="English">The same in English.</param>
public sealed record CatalogAppointments(int LateMinutes, string Text, string English);

/// <summary>A service with its names.</summary>
public sealed record CatalogService(string Code, string Prefix, string Name, string English);

/// <summary>A counter with its name and services.</summary>
public sealed record CatalogCounter(int Number, string Name, IReadOnlyList<string> Services);

/// <summary>A procedure: what to bring, how long, how much.</summary>
public sealed record CatalogProcedure
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public string? English { get; init; }
    public string? Field { get; init; }
    public required string Service { get; init; }
    public string? TimeLimit { get; init; }
    public string? Fee { get; init; }
    public IReadOnlyList<string> Papers { get; init; } = [];
}

/// <summary>An officer as citizens see them at the counter.</summary>
public sealed record CatalogOfficer(string Code, string Name, string? Title, string? Photo);
