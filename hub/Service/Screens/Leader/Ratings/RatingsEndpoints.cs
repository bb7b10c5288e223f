using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Ratings;

/// <summary>The record of ratings as a list, and as a file.</summary>
internal static class RatingsEndpoints
{
    private const int RowsOfAPage = 50;

    public static void MapRatings(this RouteGroupBuilder pages)
    {
        pages.MapGet("/ratings", Show);
        pages.MapGet("/ratings.{form}", DownloadAsync);
    }

    private static IResult Show(HttpContext context, ReadNow hall, SetupBook book, Words words)
    {
        using var reader = hall.OpenReader();
        var setup = book.Current;
        var question = RatingsAddress.Read(context.Request.Query, hall.Today, hall.Zone) with { Limit = RowsOfAPage };
        return new RazorComponentResult<RatingsList>(new
        {
            Names = new Names(setup, words),
            Reader = context.Reader(setup),
            View = new RatingsView(
                question,
                RatingsPage.Read(reader, question, hall.Zone),
                [.. setup.File.Officers.Where(officer => officer.Role == Roles.Officer).Select(officer => officer.Code)],
                [.. setup.File.Counters.Select(counter => counter.Number).Order()]),
        });
    }

    private static async Task<IResult> DownloadAsync(string form, HttpContext context, ReadNow hall, SetupBook book, Words words)
    {
        var names = new Names(book.Current, words);
        var question = RatingsAddress.Read(context.Request.Query, hall.Today, hall.Zone) with { After = null, Limit = RatingsQuestion.MaximumLimit };
        if (form == Exports.Xlsx && All(hall, question).Skip(ExportTable.MaximumRows).Any())
        {
            return Results.Text(words["ratings.too-many", ExportTable.MaximumRows], statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var rows = All(hall, question).Select(rating => Row(rating, names, words));
        return await Exports.FileAsync(context, new ExportTable(Head(words), rows), form, "ratings", words);
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
        words["ratings.id"], words["ratings.at"], words["ratings.arrived"], words["ratings.late"], words["ratings.day"], words["ratings.code"], words["ratings.level"],
        words["ratings.reason"], words["ratings.officer-code"], words["dashboard.officer"], words["ratings.counter"], words["csv.service-code"], words["ratings.service"], words["ratings.notes"],
    ];

    private static object?[] Row(RatingFigures rating, Names names, Words words) =>
    [
        rating.Id.ToString(), rating.At, rating.ArrivedAt, words[rating.Late ? "ratings.late.yes" : "ratings.late.no"], rating.Day, rating.Level, words["level." + rating.Level],
        rating.Reason is { } reason ? words["reason." + reason] : null,
        rating.Officer, rating.Officer is { } officer ? names.Officer(officer) : null, rating.Counter,
        rating.Service, rating.Service is { } service ? names.Service(service) : null,
        RatingWords.Notes(rating, words),
    ];
}
