namespace Reception.Hub.Ratings;

/// <summary>What a device's clock says of a report's instant, compared with the report's arrival.</summary>
internal static class ReportTime
{
    // How far a device's clock may be ahead before the arrival is taken instead.
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(5);

    // A device keeps its facts over 31 days of the hub's silence; one day more for what delays their delivery.
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(32);
    private static readonly TimeSpan MostPossible = TimeSpan.FromDays(1);

    /// <summary>Whether the instant can be one of this hall: at most 32 days before the arrival, at most a day after it.</summary>
    public static bool IsPossible(DateTimeOffset at, DateTimeOffset arrival) => arrival - at <= MostBehind && at - arrival <= MostPossible;

    /// <summary>Whether the clock is ahead of the hub's by more than it may.</summary>
    public static bool IsAhead(DateTimeOffset at, DateTimeOffset arrival) => at - arrival > MostAhead;

    /// <summary>The instant to count with: the arrival where the device's clock is ahead or can't be right.</summary>
    public static DateTimeOffset Believed(DateTimeOffset at, DateTimeOffset arrival) =>
        IsAhead(at, arrival) || !IsPossible(at, arrival) ? arrival : at;
}
