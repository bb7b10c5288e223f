using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>What one commit brought about.</summary>
internal sealed record Committed(PublishedHall Before, PublishedHall After, IReadOnlyList<HallEvent> Events);

/// <summary>The hall as readers see it, after a commit.</summary>
/// <param name="Version">The newest journal sequence.</param>
internal sealed record PublishedHall(HallState State, long Version)
{
    /// <summary>Why a changed set-up is not in force, or null.</summary>
    public SetupFault? SetupFault { get; init; }
}

/// <summary>The hall as it is published: one value, replaced after each commit.</summary>
internal sealed class HallBoard
{
    private volatile PublishedHall? _current;

    public PublishedHall Current => _current ?? throw new InvalidOperationException("The journal has not been read yet.");

    public bool IsReady => _current is not null;

    /// <summary>Raised on the writer's thread after each commit that brought events; handlers hand it on and return at once.</summary>
    public event Action<Committed>? Changed;

    /// <summary>Hands on the hall whenever a day has opened, on the writer's thread, before a later commit can bring anything.</summary>
    public void OnNewDay(Action<HallState> handle) => Changed += committed =>
    {
        if (committed.Events.Any(happened => happened is DayOpened))
        {
            handle(committed.After.State);
        }
    };

    public void Publish(PublishedHall hall) => _current = hall;

    public void Tell(Committed committed) => Changed?.Invoke(committed);
}
