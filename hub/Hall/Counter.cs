using System.Collections.Immutable;

namespace Reception.Hall;

public enum CounterStatus
{
    Closed,
    Open,
    Paused,
}

/// <summary>A counter on one business day.</summary>
public sealed record Counter
{
    public required CounterSetup Setup { get; init; }
    public int Number => Setup.Number;

    /// <summary>The officer on duty, or null.</summary>
    public string? Officer { get; init; }

    /// <summary>The duty's id: a session belongs to one duty.</summary>
    public Guid? Duty { get; init; }

    public bool Paused { get; init; }

    /// <summary>When the pause began.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The ticket in hand: called or serving.</summary>
    public Guid? InHand { get; init; }

    /// <summary>Tickets that were transferred to this counter and are called only here, by service.</summary>
    public ImmutableDictionary<string, Lanes> Queue { get; init; } = ImmutableDictionary<string, Lanes>.Empty;

    /// <summary>The last finish or no-show here, while it can be undone.</summary>
    public Ending? LastEnding { get; init; }

    /// <summary>The invitation to rate the last finished ticket, until the next is started.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>The first rating of the present or last stay here.</summary>
    public FirstRating? Rated { get; init; }

    /// <summary>Whether nobody is at it, and nobody waits for it alone.</summary>
    internal bool IsUnused => Officer is null && InHand is null && Queue.IsEmpty;

    public CounterStatus Status => Officer is null ? CounterStatus.Closed : Paused ? CounterStatus.Paused : CounterStatus.Open;
}

/// <summary>A finish or no-show, and the ticket as it was before it.</summary>
public sealed record Ending(Ticket Before, string? Officer, DateTimeOffset At);

/// <summary>The citizen of a ticket is asked to rate, until an instant.</summary>
public sealed record Invitation(Guid Ticket, string Number, DateTimeOffset Until);

/// <summary>When a ticket's stay was first rated.</summary>
public sealed record FirstRating(Guid Ticket, DateTimeOffset At);

/// <summary>A call, and how often it was made.</summary>
public sealed record Call(string Number, int Counter, DateTimeOffset At, int Times)
{
    /// <summary>Whether it was called at a booked time: those who came before it see why.</summary>
    public bool Booked { get; init; }
}
