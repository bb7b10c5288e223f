using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>Who changed what of the set-up, and when: the newest first.</summary>
internal static class ShowChanges
{
    private const int OnPage = 50;

    public static void MapChanges(this RouteGroupBuilder pages) => pages.MapGet("/changes", IResult (Desk desk, HubDatabase database, long? before) =>
    {
        using var reader = database.OpenReader();
        var kept = AuditLog.Read(reader, OnPage + 1, before);
        return new RazorComponentResult<ChangesPage>(new
        {
            desk.Names,
            desk.Reader,
            Changes = kept.Take(OnPage).Select(one => new ChangeLine(
                TimeZoneInfo.ConvertTime(one.At, desk.Setup.Zone),
                one.Officer,
                PartWords.Of(one.Change.Part, desk.Names, desk.Words),
                PartWords.Value(one.Change.Part, one.Change.Old, desk.Names, desk.Words),
                PartWords.Value(one.Change.Part, one.Change.New, desk.Names, desk.Words))).ToList(),
            Older = kept.Count > OnPage ? kept[OnPage - 1].Sequence : (long?)null,
        });
    });
}

/// <summary>A change as the page shows it.</summary>
/// <param name="Officer">Who did it; null for a command on the hub's own machine.</param>
public sealed record ChangeLine(DateTimeOffset At, string? Officer, string What, string? Old, string? New);
