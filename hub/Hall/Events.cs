using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>Something that happened: one row of the journal.</summary>
public abstract record HallEvent(DateTimeOffset At)
{
    /// <summary>The name of the event's kind, such as <c>ticket.called</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A business day began, with the whole set-up.</summary>
public sealed record DayOpened(DateTimeOffset At, DateOnly Day, Setup Setup) : HallEvent(At)
{
    public override string Kind => "day.opened";
}

/// <summary>A business day is over: the last event of it, and what it came to.</summary>
/// <param name="Day">The day that is over.</param>
/// <param name="Last">The sequence of the journal's row before this one, the day's last.</param>
/// <param name="Chain">That row's chain hash, in hex.</param>
/// <param name="Seal">A keyed digest of day, sequence and hash in hex, whose key is not in the database.</param>
/// <param name="Tickets">The day's tickets.</param>
/// <param name="Officers">What each officer with duty, served or rating did on that day, as it is known when it is over.</param>
public sealed record DayClosed(
    DateTimeOffset At, DateOnly Day, long Last, string Chain, string Seal, DayTickets Tickets, ImmutableArray<OfficerDay> Officers) : HallEvent(At)
{
    public override string Kind => "day.closed";
}

/// <summary>How many tickets of a day were issued, and how they ended.</summary>
public sealed record DayTickets(int Issued, int Served, int NoShow, int Cancelled, int Expired);

/// <summary>An officer's sums of a day.</summary>
/// <param name="Levels">How many ratings of level 1 to 5.</param>
/// <param name="WaitSeconds">The waits of those served, added up.</param>
/// <param name="ServiceSeconds">Their times at the counter, added up.</param>
/// <param name="Unattributed">Presses at a counter during the officer's duty that belong to no ticket.</param>
public sealed record OfficerDay(string Officer, int Served, ImmutableArray<int> Levels, long WaitSeconds, long ServiceSeconds, int Unattributed);

/// <summary>The journal goes on from a backup: what was written after one of its rows is lost.</summary>
/// <param name="LostAfter">The newest row of the backup.</param>
public sealed record JournalRestored(DateTimeOffset At, long LostAfter) : HallEvent(At)
{
    public override string Kind => "journal.restored";
}

/// <summary>Rows of the day are lost: numbers that may be on paper are not issued again.</summary>
/// <param name="Issued">How many numbers each service has issued at least, by its code.</param>
public sealed record NumbersRaised(DateTimeOffset At, ImmutableSortedDictionary<string, int> Issued) : HallEvent(At)
{
    public override string Kind => "numbers.raised";
}

/// <summary>Business days that a clock which was ahead had opened count for nothing: the hall goes on with an earlier one.</summary>
/// <param name="Day">The day that the hall goes on with; every later one is withdrawn.</param>
/// <param name="Setup">The whole set-up.</param>
public sealed record DaysWithdrawn(DateTimeOffset At, DateOnly Day, Setup Setup) : HallEvent(At)
{
    public override string Kind => "days.withdrawn";
}

/// <summary>The set-up changed in the middle of a day.</summary>
public sealed record SetupChanged(DateTimeOffset At, Setup Setup) : HallEvent(At)
{
    public override string Kind => "setup.changed";
}

/// <summary>An administrator confirmed the machine's clock after a jump.</summary>
/// <param name="At">The hall's own time until then.</param>
/// <param name="Machine">The time that it goes by from now on.</param>
public sealed record ClockConfirmed(DateTimeOffset At, DateTimeOffset Machine, string Officer) : HallEvent(At)
{
    public override string Kind => "clock.confirmed";
}

/// <summary>An entry was added to the audit log. Its texts are kept beside the journal, which has their digest.</summary>
/// <param name="Officer">The administrator's code, or null for a command on the hub's own machine.</param>
/// <param name="Part">What was changed, such as <c>services.HT.name</c>.</param>
/// <param name="Digest">SHA-256 in hex over the old and the new value.</param>
public sealed record AuditEntryAdded(DateTimeOffset At, string? Officer, string Part, string Digest) : HallEvent(At)
{
    public override string Kind => "audit.added";
}

/// <summary>The public catalogue changed. It is kept beside the journal, which has its digest.</summary>
/// <param name="Digest">SHA-256 in hex over the catalogue's bytes.</param>
public sealed record ConfigurationChanged(DateTimeOffset At, string Digest) : HallEvent(At)
{
    public override string Kind => "configuration.changed";
}

/// <summary>What happened to a ticket.</summary>
public enum TicketChange
{
    Issued,
    Called,
    Recalled,
    Started,
    Held,
    Transferred,
    Served,
    NoShow,
    Undone,
    Cancelled,
    Expired,
    Printed,
}

/// <summary>A ticket changed: the event holds the ticket as it is after it.</summary>
public sealed record TicketChanged(DateTimeOffset At, TicketChange Change, Ticket Ticket) : HallEvent(At)
{
    public override string Kind => Codes.Kind(Change);

    /// <summary>The counter where it happened, or null.</summary>
    public int? Counter { get; init; }

    /// <summary>The officer who did it, or null for the citizen, a device or the clock.</summary>
    public string? Officer { get; init; }

    /// <summary>A short code of the reason, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of the errand that ended where a further one follows: the ticket itself goes on without an outcome.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Whether the end of the day did it.</summary>
    public bool Automatic { get; init; }

    /// <summary>What the citizen is told of the wait, when the number is given out.</summary>
    public Estimate? Estimate { get; init; }
}

/// <summary>An officer's duty at a counter began or ended.</summary>
public sealed record DutyChanged(DateTimeOffset At, bool Started, Guid Duty, int Counter, string Officer) : HallEvent(At)
{
    public override string Kind => Started ? "duty.started" : "duty.ended";

    /// <summary>Whether the end of the day did it.</summary>
    public bool Automatic { get; init; }
}

/// <summary>A counter paused or resumed.</summary>
public sealed record CounterPaused(DateTimeOffset At, bool Paused, int Counter, string Officer) : HallEvent(At)
{
    public override string Kind => Paused ? "counter.paused" : "counter.resumed";
}

/// <summary>What happened to a rating.</summary>
public enum RatingChange
{
    Recorded,
    Changed,
    Reasoned,
}

/// <summary>A rating was given, changed or reasoned: the event holds the rating as it is after it.</summary>
public sealed record RatingChanged(DateTimeOffset At, RatingChange Change, Rating Rating) : HallEvent(At)
{
    public override string Kind => Codes.Kind(Change);
}

/// <summary>A citizen's press, of the stay it belongs to or of none.</summary>
public sealed record Rating
{
    public required Guid Id { get; init; }

    /// <summary>When the last press that counts was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the report of that press came to the hub; null where that was not kept.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>True where it came long after it was made without a reason that the hub knows: it then belongs to no stay; else null.</summary>
    public bool? Late { get; init; }

    /// <summary>The id of the report that changed it, or null.</summary>
    public Guid? Press { get; init; }

    /// <summary>When the first press was made: a change may follow for 5 s.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    public required int Level { get; init; }
    public string? Reason { get; init; }

    /// <summary>The business day of the service, or of the press where it belongs to none.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The stay's number, which is the journal sequence of its call; null where it belongs to none.</summary>
    public long? Stay { get; init; }

    public Guid? Ticket { get; init; }
    public string? Officer { get; init; }
    public int? Counter { get; init; }
    public string? Service { get; init; }
    public bool Changed { get; init; }

    /// <summary>For a press that belongs to no stay: who was on duty at the counter then.</summary>
    public string? DutyOfficer { get; init; }

    public required string Device { get; init; }
    public bool Attributed => Stay is not null;
}
