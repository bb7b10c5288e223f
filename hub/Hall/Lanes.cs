using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>Who waits in one line: two lanes, each by arrival.</summary>
public sealed record Lanes
{
    public static Lanes Empty { get; } = new();

    public ImmutableSortedSet<QueueEntry> Normal { get; init; } = [];
    public ImmutableSortedSet<QueueEntry> Priority { get; init; } = [];

    public int Count => Normal.Count + Priority.Count;

    /// <summary>All of them, lane by lane.</summary>
    public IEnumerable<QueueEntry> Entries => Normal.Concat(Priority);

    /// <summary>
    /// How many are called before this entry, which need not stand here yet, if no more come: those over the limit go first, then at most so
    /// many priority tickets before each normal one. Counted, not played through: a queue of thousands costs no more than a short one.
    /// </summary>
    internal int Ahead(QueueEntry entry, Lane lane, int priorityInARow, LaneRule rule, DateTimeOffset now)
    {
        var late = Before(Normal, QueueEntry.ArrivedBefore(now - rule.WaitLimit));
        var next = late > 0 ? rule.PriorityInARow : Math.Max(0, rule.PriorityInARow - priorityInARow);
        if (lane == Lane.Normal)
        {
            var place = Before(Normal, entry);
            var isLate = now - entry.ArrivedAt > rule.WaitLimit;
            return isLate ? place : place + (int)Math.Min(Priority.Count, next + ((long)(place - late) * rule.PriorityInARow));
        }

        var turn = Before(Priority, entry);
        var between = turn < next ? 0 : 1 + ((turn - next) / rule.PriorityInARow);
        return late + turn + Math.Min(Normal.Count - late, between);
    }

    internal Lanes Put(Ticket ticket, bool add) => ticket.Lane == Lane.Priority
        ? this with { Priority = Put(Priority, ticket.Entry, add) }
        : this with { Normal = Put(Normal, ticket.Entry, add) };

    /// <summary>How many of a lane arrived before an entry.</summary>
    internal static int Before(ImmutableSortedSet<QueueEntry> lane, QueueEntry entry) => lane.IndexOf(entry) is var place && place < 0 ? ~place : place;

    private static ImmutableSortedSet<QueueEntry> Put(ImmutableSortedSet<QueueEntry> lane, QueueEntry entry, bool add) =>
        add ? lane.Add(entry) : lane.Remove(entry);
}
