using Reception.Hall;

namespace Reception.Hub.Ratings;

/// <summary>Which stay a press belongs to: a pure function of the stays at the device's counter and the press's instant.</summary>
internal static class Attribution
{
    private static readonly long Window = (long)HallState.RatingWindow.TotalMilliseconds;

    /// <summary>
    /// The stay that was being served at the instant, else the last one finished at most 60 s before it, while the next has
    /// not been started.
    /// </summary>
    /// <param name="stays">Stays at the counter, newest first.</param>
    /// <param name="at">UTC milliseconds.</param>
    public static Stay? OfPress(IReadOnlyList<Stay> stays, long at)
    {
        var started = stays.Where(stay => stay.StartedAt <= at).OrderByDescending(stay => stay.StartedAt).ThenByDescending(stay => stay.Id);
        return started.FirstOrDefault() is { } last && (IsServing(last, at) || IsInvited(last, at)) ? last : null;
    }

    /// <summary>The ticket's own stay that was being served at the instant, or finished at most 60 s before it.</summary>
    /// <param name="stays">The ticket's stays at the counter, newest first.</param>
    /// <param name="at">UTC milliseconds.</param>
    public static Stay? OfTicket(IReadOnlyList<Stay> stays, long at) =>
        stays.FirstOrDefault(stay => IsServing(stay, at) || IsInvited(stay, at));

    private static bool IsServing(Stay stay, long at) => stay.StartedAt <= at && (stay.EndedAt is not { } ended || at < ended);

    private static bool IsInvited(Stay stay, long at) =>
        stay is { Ending: "served", EndedAt: { } ended } && at >= ended && at <= ended + Window;
}
