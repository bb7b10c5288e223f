namespace Reception.Hall;

/// <summary>How many numbers of a service, or of others that go on to it, are given out before and from noon on; null is any number.</summary>
public sealed record Quota(int? Morning, int? Afternoon);

/// <summary>The half day by the hall's own clock: quotas begin anew at noon, whatever the opening hours.</summary>
internal static class HalfDay
{
    private const int Noon = 12;

    public static bool IsMorning(DateTime local) => local.Hour < Noon;

    /// <summary>When the next half day begins.</summary>
    public static DateTime After(DateTime local) => local.Date.AddHours(IsMorning(local) ? Noon : 2 * Noon);
}
