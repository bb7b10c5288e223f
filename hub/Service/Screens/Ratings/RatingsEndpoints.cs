using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Screens.Dashboard;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Ratings;

/// <summary>The record of ratings as a list, and as a file.</summary>
internal static class RatingsEndpoints
{
    private const int RowsOfAPage = 50;

    public static void MapRatings(this RouteGroupBuilder pages)
    {
        pages.MapGet("/ratings", Show);
        pages.MapGet("/ratings.{form}", Download);
    }

    private static IResult Show(HttpContext context, ReadNow hall, SetupBook book, Words words)
    {
        using var reader = hall.OpenReader();
        var setup = book.Current;
        var question = Read(context.Request.Query, hall.Today) with { Limit = RowsOfAPage };
        return new RazorComponentResult<RatingsList>(new
        {
            Names = HallNames.Of(setup, words),
            Reader = context.Reader(setup),
            View = new RatingsView(
                question,
                RatingsPage.Read(reader, question, hall.Zone),
                [.. setup.File.Officers.Where(officer => officer.Role == Roles.Officer).Select(officer => officer.Code)],
                [.. setup.File.Counters.Select(counter => counter.Number).Order()]),
        });
    }

    private static IResult Download(string form, HttpContext context, ReadNow hall, SetupBook book, Words words)
    {
        var names = HallNames.Of(book.Current, words);
        var question = Read(context.Request.Query, hall.Today) with { After = null, Limit = RatingsQuestion.MaximumLimit };
        if (form == Exports.Xlsx && All(hall, question).Skip(ExportTable.MaximumRows).Any())
        {
            return Results.Text(words["ratings.too-many", ExportTable.MaximumRows], statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var rows = All(hall, question).Select(rating => Row(rating, names, words));
        return Exports.File(new ExportTable(Head(words), rows), form, "ratings", words);
    }

    /// <summary>All ratings asked for, page after page, so that no read is held while the file is written.</summary>
    private static IEnumerable<RatingFigures> All(ReadNow hall, RatingsQuestion question)
    {
        for (var asked = question; asked is not null;)
        {
            RatingsPage page;
            using (var reader = hall.OpenReader())
            {
                page = RatingsPage.Read(reader, asked, hall.Zone);
            }

            foreach (var rating in page.Ratings)
            {
                yield return rating;
            }

            asked = page.Next is { } next ? asked with { After = next } : null;
        }
    }

    private static string[] Head(Words words) =>
    [
        words["ratings.id"], words["ratings.at"], words["ratings.day"], words["ratings.code"], words["ratings.level"], words["ratings.reason"],
        words["ratings.officer-code"], words["dashboard.officer"], words["ratings.counter"], words["csv.service-code"], words["ratings.service"], words["ratings.notes"],
    ];

    private static object?[] Row(RatingFigures rating, HallNames names, Words words) =>
    [
        rating.Id.ToString(), rating.At, rating.Day, rating.Level, words["level." + rating.Level],
        rating.Reason is { } reason ? words["reason." + reason] : null,
        rating.Officer, rating.Officer is { } officer ? names.Officer(officer) : null, rating.Counter,
        rating.Service, rating.Service is { } service ? names.Service(service) : null,
        !rating.Attributed ? words["ratings.unattributed"] : rating.Changed ? words["ratings.changed"] : null,
    ];

    /// <summary>What a person chose; the days of this month where they chose none. What can't be read is as if not chosen.</summary>
    private static RatingsQuestion Read(IQueryCollection query, DateOnly today)
    {
        var month = ReportingPeriod.Of(PeriodKind.Month, today);
        var chose = query.ContainsKey("from") || query.ContainsKey("to");
        return new RatingsQuestion
        {
            From = Days.TryRead(query["from"], out var from) ? from : chose ? null : month.From,
            To = Days.TryRead(query["to"], out var to) ? to : chose ? null : month.To,
            Officer = query["officer"] is [{ Length: > 0 } officer] ? officer : null,
            Counter = int.TryParse(query["counter"], out var counter) ? counter : null,
            Level = int.TryParse(query["level"], out var level) && Protocol.Levels.IsLevel(level) ? level : null,
            Attributed = bool.TryParse(query["attributed"], out var attributed) ? attributed : null,
            After = query["cursor"] is [{ } cursor] && RatingsCursor.TryRead(cursor, out var after) ? after : null,
        };
    }
}
