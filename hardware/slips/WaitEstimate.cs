namespace Reception.Slips;

/// <summary>An estimated wait as people are told it: whole minutes, rounded up, and no false precision beyond an hour and a half.</summary>
public static class WaitEstimate
{
    /// <summary>The most minutes that are said as a number; more is "more than 90 minutes".</summary>
    public const int MostMinutes = 99;

    /// <summary>Minutes of an estimate in seconds, rounded up; a negative one is none.</summary>
    public static int Minutes(int seconds) => seconds <= 0 ? 0 : (int)((seconds + 59L) / 60);
}
