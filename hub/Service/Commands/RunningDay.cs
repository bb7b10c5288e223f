using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Commands;

/// <summary>What a new hall file must leave as it is while the day runs: numbers that are out are still to be called.</summary>
internal static class RunningDay
{
    /// <summary>Says in a line what the file would break today, where it would.</summary>
    public static void Demand(string folder, SetupBook book, HallFile next)
    {
        if (!book.HasHall || !JournalFile.IsIn(folder))
        {
            return;
        }

        using var reader = new JournalFile(folder).OpenReader();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), book.Current.Zone).DateTime);
        if (Replay.NewestDay(reader) is { } hall && hall.Day >= today
            && SetupFaults.Of(next.ToSetup(SiteRules.OfFile), hall, book.Current.File.RenamedIn(next)).FirstOrDefault() is { } fault)
        {
            throw new StartException($"--hall: {fault}.");
        }
    }
}
