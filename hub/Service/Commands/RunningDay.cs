using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Commands;

/// <summary>What a new hall file must leave as it is while the day runs: numbers that are out are still to be called.</summary>
internal static class RunningDay
{
    /// <summary>Says in a line what the file would break today, where it would.</summary>
    /// <param name="forThoseWhoWait">Whether the order of those who have a number already may change.</param>
    public static void Demand(string folder, SetupBook book, HallFile next, bool forThoseWhoWait, TimeProvider clock)
    {
        if (!book.HasHall || !JournalFile.IsIn(folder))
        {
            return;
        }

        using var reader = new JournalFile(folder).OpenReader();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), book.Current.Zone).DateTime);
        if (Replay.NewestDay(reader) is not { } hall || hall.Day < today)
        {
            return;
        }

        if (book.Fault(next, hall) is { } fault)
        {
            throw new StartException($"--hall: {fault}.");
        }

        if (!forThoseWhoWait && book.Reorders(next, hall) is > 0 and var waiting)
        {
            throw new StartException(
                $"--hall: {waiting} people wait, and its lanes or counters call them in another order; add --for-those-who-wait if it is for them, too, or set it up when nobody waits.");
        }
    }
}
