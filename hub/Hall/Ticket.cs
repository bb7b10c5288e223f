using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>The lane a citizen declared; nothing else of the reason is kept.</summary>
public enum Lane
{
    Normal,
    Priority,
}

public enum TicketState
{
    Waiting,
    Called,
    Serving,
    Held,
    Served,
    NoShow,
    Cancelled,
    Expired,
}

/// <summary>What came of the ticket's paper.</summary>
public enum PrintState
{
    /// <summary>There is nothing to print.</summary>
    None,
    Pending,
    Printed,
    Failed,

    /// <summary>The line broke after the bytes left.</summary>
    Unknown,
}

/// <summary>What came of the citizen's errand.</summary>
public enum Outcome
{
    Received,
    Supplement,
    Refused,
    Returned,
}

/// <summary>One citizen's number of one business day.</summary>
public sealed record Ticket
{
    public required Guid Id { get; init; }

    /// <summary>Prefix and sequence, such as <c>A012</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The place in the day's order of issue, from 1: decides between equal instants.</summary>
    public required int Order { get; init; }

    /// <summary>The service it waits for now; a transfer changes it, the number stays.</summary>
    public required string Service { get; init; }

    /// <summary>Further errands, in order.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    public required Lane Lane { get; init; }
    public required TicketState State { get; init; }

    /// <summary>Where it is or was served; while waiting, the only counter that may call it.</summary>
    public int? Counter { get; init; }

    /// <summary>The booked time that it is called at, or null for a walk-in and for who came too late for it.</summary>
    public Appointment? Appointment { get; init; }

    /// <summary>The device that asked for it, or null.</summary>
    public string? Issuer { get; init; }

    /// <summary>The arrival, which a transfer keeps.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it began to wait for the present or last stay: the arrival, or the transfer.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    public DateTimeOffset? CalledAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public Outcome? Outcome { get; init; }
    public required PrintState Printed { get; init; }

    /// <summary>What its citizen was told of the wait when the number was given out, until the first call is over; the hall's own, no part of an event.</summary>
    public Estimate? Told { get; internal init; }

    /// <summary>Whether its paper did not come out, or nobody can say.</summary>
    public bool LacksPaper => Printed is PrintState.Failed or PrintState.Unknown;

    /// <summary>Whether an officer has it in hand.</summary>
    public bool IsInHand => State is TicketState.Called or TicketState.Serving;

    /// <summary>Whether its citizen is still to be served today: it waits, is in hand or on hold.</summary>
    public bool IsOpen => State <= TicketState.Held;

    /// <summary>Whether it can still be cancelled: it is neither being served nor over.</summary>
    public bool CanBeCancelled => State is TicketState.Waiting or TicketState.Called or TicketState.Held;

    /// <summary>From when its present or last stay was waited for: before the booked time nobody waits for a call.</summary>
    public DateTimeOffset WaitsFrom => Appointment is { At: var booked } && booked > QueuedAt ? booked : QueuedAt;

    /// <summary>Its place in a queue: by arrival, or by the booked time.</summary>
    internal QueueEntry Entry => new(Appointment?.At ?? IssuedAt, Order, Id);

    /// <summary>The written form of a number: the prefix and at least three digits.</summary>
    public static string NumberOf(string prefix, int sequence) => $"{prefix}{sequence:000}";
}

/// <summary>A time that a citizen booked.</summary>
/// <param name="Code">By which it was checked in.</param>
public sealed record Appointment(string Code, DateTimeOffset At);

/// <summary>A ticket's place in a queue: the earlier arrival first, then the order of issue.</summary>
public readonly record struct QueueEntry(DateTimeOffset ArrivedAt, int Order, Guid Ticket) : IComparable<QueueEntry>
{
    /// <summary>The place of one who comes now.</summary>
    internal static QueueEntry New(DateTimeOffset now) => new(now, int.MaxValue, Guid.Empty);

    /// <summary>The place of one who would stand behind all who arrived before an instant.</summary>
    internal static QueueEntry ArrivedBefore(DateTimeOffset instant) => new(instant, 0, Guid.Empty);

    public int CompareTo(QueueEntry other)
    {
        var byArrival = ArrivedAt.CompareTo(other.ArrivedAt);
        return byArrival != 0 ? byArrival : Order.CompareTo(other.Order);
    }

    public static bool operator <(QueueEntry left, QueueEntry right) => left.CompareTo(right) < 0;

    public static bool operator >(QueueEntry left, QueueEntry right) => left.CompareTo(right) > 0;

    public static bool operator <=(QueueEntry left, QueueEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >=(QueueEntry left, QueueEntry right) => left.CompareTo(right) >= 0;
}
