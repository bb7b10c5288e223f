using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>What one commit brought about.</summary>
internal sealed record Committed(PublishedHall Before, PublishedHall After, IReadOnlyList<HallEvent> Events)
{
    /// <summary>What the commands asked for once they are committed.</summary>
    public required IReadOnlyList<Action> Effects { get; init; }

    /// <summary>How long the database's commit took: what the disk needed.</summary>
    public required TimeSpan CommitTime { get; init; }
}

/// <summary>The hall as readers see it, after a commit.</summary>
/// <param name="Version">The newest journal sequence.</param>
/// <param name="Chain">That row's chain hash.</param>
internal sealed record PublishedHall(HallState State, long Version, byte[] Chain);

/// <summary>The hall as it is published: one value, replaced after each commit.</summary>
internal sealed class HallBoard
{
    private volatile PublishedHall? _current;

    public PublishedHall Current => _current ?? throw new InvalidOperationException("The journal has not been read yet.");

    public bool IsReady => _current is not null;

    /// <summary>Raised on the writer's thread after each commit that brought events; handlers hand it on and return at once.</summary>
    public event Action<Committed>? Changed;

    /// <summary>Hands on the hall whenever its business day is another one, on the writer's thread, before a later commit can bring anything.</summary>
    public void OnNewDay(Action<HallState> handle) => Changed += committed =>
    {
        if (committed.After.State.Day != committed.Before.State.Day)
        {
            handle(committed.After.State);
        }
    };

    public void Publish(PublishedHall hall) => _current = hall;

    public void Tell(Committed committed) => Changed?.Invoke(committed);
}
