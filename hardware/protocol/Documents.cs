using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>A ticket, as HTTP, MQTT and the province carry it (section 3 of the wire contracts).</summary>
public sealed record TicketDocument
{
    /// <summary>The ticket's id, which stays while its number is used again every day.</summary>
    public required Guid Id { get; init; }

    /// <summary>The prefix of the service and a sequence of at least three digits, per service and business day.</summary>
    [RegularExpression(FieldForms.TicketNumber)]
    public required string Number { get; init; }

    /// <summary>The code of the service that it waits for, or was served in.</summary>
    public required string Service { get; init; }

    /// <summary>The codes of further services, in order.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary><c>normal</c> or <c>priority</c>.</summary>
    [LaneCodes]
    public required string Lane { get; init; }

    /// <summary><c>waiting</c>, <c>called</c>, <c>serving</c>, <c>held</c>, <c>served</c>, <c>no-show</c>, <c>cancelled</c> or <c>expired</c>.</summary>
    [TicketStateCodes]
    public required string State { get; init; }

    /// <summary>The counter that it is or was called to; while it waits, the only counter that may call it, or null.</summary>
    public int? Counter { get; init; }

    /// <summary>How many tickets would be called before it if no more came; 0 once it is called.</summary>
    [Range(0, int.MaxValue)]
    public int Ahead { get; init; }

    /// <summary>The likely wait, in seconds; null where the ticket does not wait, or no counter that may call it is open.</summary>
    public int? EstimatedWaitSeconds { get; init; }

    /// <summary>The range that eight waits of ten end in, in seconds: shortest, longest; null together with the likely wait.</summary>
    [Length(2, 2)]
    public IReadOnlyList<int>? EstimatedWaitRange { get; init; }

    /// <summary>When the number was taken.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it was last called, or null.</summary>
    public DateTimeOffset? CalledAt { get; init; }

    /// <summary>When its service began, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its service ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary><c>received</c>, <c>supplement</c>, <c>refused</c> or <c>returned</c>; null where the officer gave none.</summary>
    [OutcomeCodes]
    public string? Outcome { get; init; }

    /// <summary>
    /// <c>none</c> where there is nothing to print, <c>pending</c>, <c>printed</c>, <c>failed</c>, or <c>unknown</c> where the
    /// connection broke.
    /// </summary>
    [PrintStateCodes]
    public required string Printed { get; init; }

    /// <summary>
    /// While it waits: <c>open</c> where a counter that may call it is open, else <c>paused</c> where one is paused, else <c>closed</c>, without an
    /// officer; absent when it does not wait.
    /// </summary>
    [CounterStateCodes]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CounterState { get; init; }

    /// <summary>The booked time at which it is called, and not before; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Appointment { get; init; }

    /// <summary>The address of the citizen's page; in the issuer's answer alone, absolute where the hub has a public address.</summary>
    [DataType(FieldForms.Address)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }
}

/// <summary>An officer's code and name.</summary>
/// <param name="Code">The officer's code.</param>
/// <param name="Name">The officer's name.</param>
public sealed record OfficerDocument(string Code, string Name);

/// <summary>A counter as its officer sees it.</summary>
public sealed record CounterDocument
{
    /// <summary>The counter's number.</summary>
    public required int Number { get; init; }

    /// <summary>The counter's name.</summary>
    public required string Name { get; init; }

    /// <summary><c>closed</c>, <c>open</c> or <c>paused</c>.</summary>
    [CounterStateCodes]
    public required string State { get; init; }

    /// <summary>The officer on duty, or null.</summary>
    public OfficerDocument? Officer { get; init; }

    /// <summary>The codes of the services that it serves.</summary>
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>The ticket in hand, or null.</summary>
    public TicketDocument? Ticket { get; init; }

    /// <summary>How many tickets wait that it may call.</summary>
    [Range(0, int.MaxValue)]
    public required int Waiting { get; init; }
}

/// <summary>The public state of the hall: no ticket id and no name of a citizen is in it.</summary>
public sealed record HallDocument
{
    /// <summary>The hall's code and name.</summary>
    public required SiteDocument Site { get; init; }

    /// <summary>The business day, in the hall's zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The hub's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest journal sequence: it only grows.</summary>
    public required long Version { get; init; }

    /// <summary>Every service of the hall.</summary>
    public required IReadOnlyList<HallService> Services { get; init; }

    /// <summary>Every counter of the hall.</summary>
    public required IReadOnlyList<HallCounter> Counters { get; init; }

    /// <summary>The newest ten calls, newest first.</summary>
    public required IReadOnlyList<HallCall> Calls { get; init; }

    /// <summary>The ETag of the catalogue that the hub has now; absent at hubs of before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Catalog { get; init; }
}

/// <summary>The hall's code and name.</summary>
/// <param name="Code">The hall's code.</param>
/// <param name="Name">The hall's name.</param>
public sealed record SiteDocument(string Code, string Name);

/// <summary>A service in the hall document.</summary>
public sealed record HallService
{
    /// <summary>The service's code.</summary>
    public required string Code { get; init; }

    /// <summary>How many tickets wait for it.</summary>
    [Range(0, int.MaxValue)]
    public required int Waiting { get; init; }

    /// <summary>The number that was called last, or null.</summary>
    [RegularExpression(FieldForms.TicketNumber)]
    public string? LastCalled { get; init; }

    /// <summary>
    /// The likely wait, in seconds, of one who takes a normal number now; null where no numbers are given out, or no
    /// counter of the service is open.
    /// </summary>
    public int? EstimatedWaitSeconds { get; init; }

    /// <summary>Whether numbers are given out now.</summary>
    public required bool Open { get; init; }

    /// <summary><c>outside-hours</c>, <c>day-off</c>, <c>last-ticket</c>, <c>quota</c> or <c>no-counter</c>; null while open.</summary>
    [ClosedReasonCodes]
    public string? ClosedReason { get; init; }

    /// <summary>When numbers are given out again; null while open, and where that is unknown.</summary>
    public DateTimeOffset? OpensAt { get; init; }

    /// <summary>
    /// The range that eight waits of ten end in, in seconds, of one who takes a normal number now; null together with the likely wait.
    /// </summary>
    [Length(2, 2)]
    public IReadOnlyList<int>? EstimatedWaitRange { get; init; }

    /// <summary><c>open</c> where a counter of the service is open, else <c>paused</c> where one is paused, else <c>closed</c>, without an officer.</summary>
    [CounterStateCodes]
    public string? CounterState { get; init; }
}

/// <summary>A counter in the hall document.</summary>
public sealed record HallCounter
{
    /// <summary>The counter's number.</summary>
    public required int Number { get; init; }

    /// <summary><c>closed</c>, <c>open</c> or <c>paused</c>.</summary>
    [CounterStateCodes]
    public required string State { get; init; }

    /// <summary>The number called to the counter and not yet there, or null.</summary>
    [RegularExpression(FieldForms.TicketNumber)]
    public string? Calling { get; init; }

    /// <summary>The number being served there, or null.</summary>
    [RegularExpression(FieldForms.TicketNumber)]
    public string? Serving { get; init; }

    /// <summary>The code of the officer on duty, or null; names are in the catalogue.</summary>
    public string? Officer { get; init; }

    /// <summary>How many tickets wait that it may call.</summary>
    [Range(0, int.MaxValue)]
    public required int Waiting { get; init; }
}

/// <summary>A call in the hall document.</summary>
/// <param name="Number">The number that is called.</param>
/// <param name="Counter">The counter that it is called to.</param>
/// <param name="At">When it was called last.</param>
/// <param name="Times">The call and its recalls.</param>
public sealed record HallCall(
    [property: RegularExpression(FieldForms.TicketNumber)] string Number, int Counter, DateTimeOffset At, int Times)
{
    /// <summary>True where it was called at a booked time; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Booked { get; init; }
}

/// <summary>What kiosks and raters keep on disk: <c>GET /api/v1/catalog</c>.</summary>
public sealed record CatalogDocument
{
    /// <summary>The hall's names and time zone.</summary>
    public required CatalogSite Site { get; init; }

    /// <summary>After this local time what is taken in is forwarded the next working day, as <c>15:00</c>.</summary>
    [RegularExpression(FieldForms.TimeOfDay)]
    public string? ForwardNextDayAfter { get; init; }

    /// <summary>Days off, and what they are called.</summary>
    public IReadOnlyList<CatalogHoliday> Holidays { get; init; } = [];

    /// <summary>How the lanes take turns.</summary>
    public CatalogLanes? Lanes { get; init; }

    /// <summary>When booked citizens are called; absent at hubs of before.</summary>
    public CatalogAppointments? Appointments { get; init; }

    /// <summary>The hall's services.</summary>
    public required IReadOnlyList<CatalogService> Services { get; init; }

    /// <summary>The hall's counters.</summary>
    public required IReadOnlyList<CatalogCounter> Counters { get; init; }

    /// <summary>The procedures of the services.</summary>
    public required IReadOnlyList<CatalogProcedure> Procedures { get; init; }

    /// <summary>The hall's officers.</summary>
    public required IReadOnlyList<CatalogOfficer> Officers { get; init; }
}

/// <summary>The hall's names and time zone.</summary>
/// <param name="Code">The hall's code.</param>
/// <param name="Name">The hall's full name.</param>
/// <param name="ShortName">The name for narrow places.</param>
/// <param name="Province">The province's name, or null.</param>
/// <param name="TimeZone">The IANA name of the time zone.</param>
public sealed record CatalogSite(string Code, string Name, string ShortName, string? Province, string TimeZone);

/// <summary>A day off with its names.</summary>
/// <param name="Date">The day.</param>
/// <param name="Name">In Vietnamese.</param>
/// <param name="English">In English.</param>
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
/// <param name="Code">The service's code.</param>
/// <param name="Prefix">The letter that its numbers begin with.</param>
/// <param name="Name">In Vietnamese.</param>
/// <param name="English">In English.</param>
public sealed record CatalogService(string Code, string Prefix, string Name, string English);

/// <summary>A counter with its name and services.</summary>
/// <param name="Number">The counter's number.</param>
/// <param name="Name">The counter's name.</param>
/// <param name="Services">The codes of its services.</param>
public sealed record CatalogCounter(int Number, string Name, IReadOnlyList<string> Services);

/// <summary>A procedure: what to bring, how long, how much.</summary>
public sealed record CatalogProcedure
{
    /// <summary>The procedure's code.</summary>
    public required string Code { get; init; }

    /// <summary>In Vietnamese.</summary>
    public required string Name { get; init; }

    /// <summary>In English, or null.</summary>
    public string? English { get; init; }

    /// <summary>The field that it belongs to, or null.</summary>
    public string? Field { get; init; }

    /// <summary>The code of the service that handles it.</summary>
    public required string Service { get; init; }

    /// <summary>How long it takes, in words, or null.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>What it costs, in words, or null.</summary>
    public string? Fee { get; init; }

    /// <summary>What to bring.</summary>
    public IReadOnlyList<string> Papers { get; init; } = [];
}

/// <summary>An officer as citizens see them at the counter.</summary>
/// <param name="Code">The officer's code.</param>
/// <param name="Name">The officer's name.</param>
/// <param name="Title">The officer's title, or null.</param>
/// <param name="Photo">The address of a photograph, or null.</param>
public sealed record CatalogOfficer(string Code, string Name, string? Title, string? Photo);
