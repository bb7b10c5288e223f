using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Log;

/// <summary>The security log: who signed in, failed, was refused, exported or changed what, as a list and as a file.</summary>
internal static class LogEndpoints
{
    private const int RowsOfAPage = 50;
    private const int RowsAtOnce = 1000;

    public static void MapLog(this RouteGroupBuilder leaders)
    {
        leaders.MapAdministrators("/admin/security").MapGet("", Show);
        leaders.MapAdministrators("/admin").MapGet("/security.{form}", DownloadAsync);
    }

    private static IResult Show(HttpContext context, Desk desk, HubDatabase database, RecordStatus record, TimeProvider clock)
    {
        using var reader = database.OpenReader();
        var zone = desk.Setup.Zone;
        var address = LogAddress.Read(context.Request.Query, Today(clock, zone));
        var question = address.Question(zone, ReadLog.Newest(reader));
        var counts = ReadLog.Count(reader, question);
        var skip = (address.Page - 1) * RowsOfAPage;
        var acts = ReadLog.Acts(reader, question, skip, RowsOfAPage);
        var words = new LogWords(desk.Names, desk.Words, zone);
        return new RazorComponentResult<LogPage>(new
        {
            desk.Names,
            desk.Reader,
            View = new LogView
            {
                From = address.From,
                To = address.To,
                Today = Today(clock, zone),
                Kind = address.Kind?.Code(),
                Person = address.Person,
                Query = address.Query,
                QueryWithKind = address.QueryWithKind,
                Tabs = [.. LogKinds.All.Select(kind => (kind.Code(), counts.GetValueOrDefault(kind)))],
                People = [.. desk.File.Officers.OrderBy(officer => officer.Left).Select(officer => officer.Code)],
                Lines = [.. acts.Select(words.Line)],
                Skipped = skip,
                Page = address.Page,
                UpTo = question.UpTo,
                Verified = record.Newest is { } verified ? (TimeZoneInfo.ConvertTime(verified.At, zone), verified.Result.Findings.Count) : null,
            },
        });
    }

    private static async Task<IResult> DownloadAsync(string form, HttpContext context, Desk desk, HubDatabase database, TimeProvider clock)
    {
        var zone = desk.Setup.Zone;
        var address = LogAddress.Read(context.Request.Query, Today(clock, zone));
        var words = new LogWords(desk.Names, desk.Words, zone);
        var rows = All(database, address, zone).Select(words.Line).SelectMany(LogWords.Rows);
        var name = $"security_{Days.Text(address.From)}_{Days.Text(address.To)}";
        return await Exports.FileAsync(context, new ExportTable(words.Head, rows), form, name, desk.Words);
    }

    /// <summary>All acts asked for, part after part, so that no read is held while the file is written.</summary>
    private static IEnumerable<LogAct> All(HubDatabase database, LogAddress address, TimeZoneInfo zone)
    {
        LogQuestion? question = null;
        for (var skip = 0; ; skip += RowsAtOnce)
        {
            IReadOnlyList<LogAct> acts;
            using (var reader = database.OpenReader())
            {
                question ??= address.Question(zone, ReadLog.Newest(reader));
                acts = ReadLog.Acts(reader, question, skip, RowsAtOnce);
            }

            foreach (var act in acts)
            {
                yield return act;
            }

            if (acts.Count < RowsAtOnce)
            {
                yield break;
            }
        }
    }

    private static DateOnly Today(TimeProvider clock, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
}
