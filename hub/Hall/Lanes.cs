using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>Who waits in one line: two lanes, each by arrival, and those with an appointment by the booked time.</summary>
public sealed record Lanes
{
    public static Lanes Empty { get; } = new();

    public ImmutableSortedSet<QueueEntry> Normal { get; init; } = [];
    public ImmutableSortedSet<QueueEntry> Priority { get; init; } = [];

    /// <summary>Who is called at a booked time, before both lanes and outside their turns.</summary>
    public ImmutableSortedSet<QueueEntry> Booked { get; init; } = [];

    public int Count => Normal.Count + Priority.Count + Booked.Count;

    /// <summary>All of them, lane by lane.</summary>
    public IEnumerable<QueueEntry> Entries => Booked.Concat(Normal).Concat(Priority);

    /// <summary>
    /// How many tickets are called before this entry, which need not be in the queue yet, if no more arrive: first the booked ones whose time has come,
    /// then the tickets of both lanes over the limit, by arrival, then at most so many priority tickets before each normal one. Counted, not played
    /// through: a queue of thousands costs no more than a short one.
    /// </summary>
    internal int Ahead(QueueEntry entry, Lane lane, int priorityInARow, LaneRule rule, DateTimeOffset now)
    {
        var due = Before(Booked, QueueEntry.New(now));
        var (normal, priority) = (Before(Normal, entry), Before(Priority, entry));
        if (now - entry.ArrivedAt > rule.WaitLimit)
        {
            return due + normal + priority;
        }

        var limit = QueueEntry.ArrivedBefore(now - rule.WaitLimit);
        var (lateNormal, latePriority) = (Before(Normal, limit), Before(Priority, limit));
        // What is left of the turns when the last ticket over the limit has been called: a normal one of them begins a new row.
        var inARow = lateNormal > 0 ? latePriority - Before(Priority, Normal[lateNormal - 1]) : priorityInARow + latePriority;
        var next = Math.Max(0, rule.PriorityInARow - inARow);
        if (lane == Lane.Normal)
        {
            var turns = next + ((long)(normal - lateNormal) * rule.PriorityInARow);
            return due + normal + latePriority + (int)Math.Min(Priority.Count - latePriority, turns);
        }

        var turn = priority - latePriority;
        var between = turn < next ? 0 : 1 + ((turn - next) / rule.PriorityInARow);
        return due + lateNormal + priority + Math.Min(Normal.Count - lateNormal, between);
    }

    /// <summary>How many are called before a booked entry: earlier ones, and before its time whoever else waits.</summary>
    internal int AheadOfBooked(QueueEntry entry, DateTimeOffset now) =>
        Before(Booked, entry) + (entry.ArrivedAt > now ? Normal.Count + Priority.Count : 0);

    /// <summary>Both lines as one.</summary>
    internal Lanes With(Lanes other) => Count == 0 ? other : new Lanes
    {
        Normal = Normal.Union(other.Normal),
        Priority = Priority.Union(other.Priority),
        Booked = Booked.Union(other.Booked),
    };

    internal Lanes Put(Ticket ticket, bool add) => ticket.Appointment is not null
        ? this with { Booked = Put(Booked, ticket.Entry, add) }
        : ticket.Lane == Lane.Priority
        ? this with { Priority = Put(Priority, ticket.Entry, add) }
        : this with { Normal = Put(Normal, ticket.Entry, add) };

    /// <summary>How many of a lane arrived before an entry.</summary>
    internal static int Before(ImmutableSortedSet<QueueEntry> lane, QueueEntry entry) => lane.IndexOf(entry) is var place && place < 0 ? ~place : place;

    private static ImmutableSortedSet<QueueEntry> Put(ImmutableSortedSet<QueueEntry> lane, QueueEntry entry, bool add) =>
        add ? lane.Add(entry) : lane.Remove(entry);
}
