namespace Reception.Rater.Rating;

/// <summary>What the screen shows.</summary>
public enum RaterMode
{
    /// <summary>Nobody to rate: the officer's name and a thank-you.</summary>
    Idle,

    /// <summary>Five faces.</summary>
    Faces,

    /// <summary>Thanks for a rating, with its reasons where it is 1 or 2.</summary>
    Thanks,
}

/// <summary>The screen at one moment.</summary>
public sealed record RaterView
{
    /// <summary>New at every start of the program; versions count within it.</summary>
    public required Guid Run { get; init; }

    /// <summary>Grows with every change.</summary>
    public required long Version { get; init; }

    public required RaterMode Mode { get; init; }
    public required int Counter { get; init; }

    /// <summary>The broker or the hub is away: whose turn it is, is not known.</summary>
    public required bool IsAway { get; init; }

    /// <summary><c>closed</c>, <c>open</c>, <c>paused</c>, or null where it is not known.</summary>
    public string? CounterState { get; init; }

    /// <summary>The code of the officer on duty.</summary>
    public string? Officer { get; init; }

    /// <summary>The number whose turn is rated.</summary>
    public string? Number { get; init; }

    /// <summary>The level given, in <see cref="RaterMode.Thanks"/>, and while it is being changed.</summary>
    public int? Level { get; init; }

    public string? Reason { get; init; }

    /// <summary>How long the rating can still be changed.</summary>
    public TimeSpan ChangeLeft { get; init; }

    /// <summary>The last press could not be written to the disk.</summary>
    public bool IsNotKept { get; init; }

    /// <summary>Someone at the hub asks which device this is.</summary>
    public bool IsIdentified { get; init; }
}
