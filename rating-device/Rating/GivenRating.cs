namespace Reception.Rater.Rating;

/// <summary>A rating that is on the disk and on the screen.</summary>
/// <param name="Rating">Its id: that of the report of its first press.</param>
/// <param name="FirstAt">When the first press was, by the rater's monotonic clock.</param>
internal sealed record GivenRating(Guid Rating, TimeSpan FirstAt)
{
    public required int Level { get; init; }
    public required Guid? Ticket { get; init; }

    /// <summary>The number that was rated, where the rater knew it.</summary>
    public required string? Number { get; init; }

    public string? Reason { get; init; }

    /// <summary>When it was last touched: a press, a reason.</summary>
    public required TimeSpan TouchedAt { get; init; }

    public bool AsksReason => Level <= 2;
}
