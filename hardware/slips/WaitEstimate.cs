namespace Reception.Slips;

/// <summary>An estimated wait as people are told it: whole minutes, rounded up, and no false precision beyond an hour and a half.</summary>
public static class WaitEstimate
{
    /// <summary>The most minutes that are said as a number; more is "more than 90 minutes".</summary>
    public const int MostMinutes = 99;

    /// <summary>Minutes of an estimate in seconds, rounded up; a negative one is none.</summary>
    public static int Minutes(int seconds) => seconds <= 0 ? 0 : (int)((seconds + 59L) / 60);

    /// <summary>
    /// A wait in minutes as people are told it: the range where there is one, rounded outwards, so that it is not told narrower than it
    /// is; else the one estimate; null where nothing is known.
    /// </summary>
    /// <param name="seconds">The estimate.</param>
    /// <param name="range">Its range, two values in seconds.</param>
    public static (int Low, int High)? Told(int? seconds, IReadOnlyList<int>? range) => (seconds, range) switch
    {
        (_, [var low, var high]) => (Math.Max(0, low / 60), Minutes(high)),
        ({ } one, _) => (Minutes(one), Minutes(one)),
        _ => null,
    };
}
