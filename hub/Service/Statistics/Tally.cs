namespace Reception.Hub.Statistics;

/// <summary>Sums over cells of the roll-ups: what was served, how it was rated, how long it took.</summary>
public record Tally
{
    public long Served { get; init; }
    public long Level1 { get; init; }
    public long Level2 { get; init; }
    public long Level3 { get; init; }
    public long Level4 { get; init; }
    public long Level5 { get; init; }
    public long WaitSeconds { get; init; }
    public long ServiceSeconds { get; init; }

    public LevelCounts Levels => new(Level1, Level2, Level3, Level4, Level5);

    /// <summary>Served and not rated; a stay rated before it was finished can't make it negative.</summary>
    public long NotRated => Math.Max(0, Served - Levels.Rated);

    /// <summary>Rated over served, at most 1: a stay that ended in a transfer can have a rating and is not served.</summary>
    public double? ResponseRate => Served == 0 ? null : Math.Min(1, (double)Levels.Rated / Served);

    public long? AverageWaitSeconds => Average(WaitSeconds);
    public long? AverageServiceSeconds => Average(ServiceSeconds);

    public static Tally operator +(Tally left, Tally right) => new()
    {
        Served = left.Served + right.Served,
        Level1 = left.Level1 + right.Level1,
        Level2 = left.Level2 + right.Level2,
        Level3 = left.Level3 + right.Level3,
        Level4 = left.Level4 + right.Level4,
        Level5 = left.Level5 + right.Level5,
        WaitSeconds = left.WaitSeconds + right.WaitSeconds,
        ServiceSeconds = left.ServiceSeconds + right.ServiceSeconds,
    };

    private long? Average(long seconds) =>
        Served == 0 ? null : (long)Math.Round((double)seconds / Served, MidpointRounding.AwayFromZero);
}
