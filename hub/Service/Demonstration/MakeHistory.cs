using Dapper;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Site;
using Reception.Hub.Tools;

namespace Reception.Hub.Demonstration;

/// <summary>
/// Makes a demonstration hall with months of simulated days behind it, through the hub's own commands and journal. The database is written
/// in a folder of its own and moved when it is complete, so an interrupted start leaves no partial history.
/// </summary>
internal static class MakeHistory
{
    private const string Unfinished = "history.unfinished";

    // The same hall has the same history on the same day.
    private const int Seed = 7;

    /// <summary>Removes what an interrupted one left, unless another process has the folder.</summary>
    public static void RemoveUnfinished(string folder)
    {
        using var own = FolderLock.TryTake(folder);
        if (own is not null)
        {
            Remove(folder);
        }
    }

    /// <param name="folder">The data folder.</param>
    /// <param name="hall">The hall.</param>
    /// <param name="length">How far back the history goes.</param>
    /// <param name="now">The present instant; the history ends the day before.</param>
    /// <exception cref="StartException">The folder has a history already, or a hub runs there.</exception>
    public static void Execute(string folder, SetUpHall hall, HistoryLength length, DateTimeOffset now)
    {
        using var own = FolderLock.Take(folder);
        DemandNoHistory(folder);
        Remove(folder);
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, Unfinished)).FullName;
        var key = JournalKey.Of(folder);
        var today = hall.Hall.ToSetup(SiteRules.OfFile).DayOf(now);
        var first = length.FirstBefore(today);
        var people = new HistoryPeople(hall.Hall, first, today, Seed);
        var mark = new PastDays(unfinished, key, SiteRules.OfFile).Write(hall, first, today, day => new HistoryDay(people, day));

        HubDatabase.Move(unfinished, folder);
        mark.Write(folder);
        Remove(folder);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, Unfinished)))
        {
            Directory.Delete(Path.Combine(folder, Unfinished), recursive: true);
        }
    }

    private static void DemandNoHistory(string folder)
    {
        if (!HubDatabase.IsIn(folder) && !HighWaterMark.IsIn(folder))
        {
            return;
        }

        using var connection = new HubDatabase(folder).OpenWriter();
        if (connection.ExecuteScalar<int?>("SELECT min(day) FROM day") is { } day)
        {
            throw new StartException(
                $"--history: the hall in {folder} has a history since {DayNumber.ToDay(day):yyyy-MM-dd} already; "
                    + "start with --fresh to empty the folder, or without --history.");
        }
    }
}
