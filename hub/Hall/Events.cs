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
