using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>What leaders' programs ask of the record: officers' figures and the ratings themselves.</summary>
internal static class StatisticsEndpoints
{
    private static readonly Refusal WrongDays = Refusals.Malformed(
        $"Cần from và to là hai ngày như 2026-11-01, from không sau to, tối đa {DayRange.MaximumDays} ngày.",
        $"from and to must be days such as 2026-11-01, in this order, at most {DayRange.MaximumDays} days.");

    public static void MapStatistics(this RouteGroupBuilder api)
    {
        var statistics = api.MapGroup("").WithTags("Statistics");
        statistics.MapGet("/statistics/officers", Officers)
            .Describe("getOfficerStatistics", "Every officer's figures, from one day to another.", """
                For leaders and administrators. A row for every officer with duty, a served ticket or a rating in these days.
                """)
            .Asks<DateOnly>("from", "The first business day.", "2026-11-01", required: true)
            .Asks<DateOnly>("to", $"The last business day; both are {DayRange.MaximumDays} days at most.", "2026-11-30", required: true)
            .Reads(KnownBy.Session, "malformed", "not-ready").Gives(Examples.Statistics);
        statistics.MapGet("/ratings", Ratings)
            .Describe("getRatings", "The ratings of some days, newest first, a page at a time.", "For leaders and administrators.")
            .Asks<DateOnly>("from", "The first business day; from the beginning where it is left out.", "2026-11-01")
            .Asks<DateOnly>("to", "The last business day; up to now where it is left out.", "2026-11-30")
            .Asks<string>("officer", "The code of the only officer; all where it is left out.", "cb01")
            .Asks<string>("cursor", "`next` of the page before; the newest where it is left out.", Examples.Cursor)
            .Asks<int>(
                "limit", $"How many at most; {new RatingsQuestion().Limit} where it is left out.", 100, most: RatingsQuestion.MaximumLimit)
            .Reads(KnownBy.Session, "malformed", "unknown-officer", "not-ready").Gives(Examples.Ratings);
    }

    private static EncodedResponse Officers(HttpContext context, string? from, string? to, Callers callers, HubDatabase database, SetupBook book)
    {
        if (Refuse(callers, context) is { } refusal)
        {
            return Problems.Response(refusal);
        }

        if (DayRange.Read(from, to) is not { } days)
        {
            return Problems.Response(WrongDays);
        }

        using var reader = database.OpenReader();
        var names = book.Current;
        return EncodedResponse.Of(new OfficerStatisticsDocument(
            days.From, days.To,
            [.. OfficerStatistics.Read(reader, days).Select(figures => OfficerRowDocument.Of(figures, names.OfficerName(figures.Officer)))]));
    }

    private static EncodedResponse Ratings(
        HttpContext context, string? from, string? to, string? officer, string? cursor, string? limit, Callers callers, HubDatabase database, SetupBook book)
    {
        if (Refuse(callers, context) is { } refusal)
        {
            return Problems.Response(refusal);
        }

        if (Read(from, to, officer, cursor, limit, out var question) is { } malformed)
        {
            return Problems.Response(malformed);
        }

        using var reader = database.OpenReader();
        var names = book.Current;
        var page = RatingsPage.Read(reader, question, names.Zone);
        return officer is not null && page.Ratings.Count == 0 && names.Officer(officer) is null && !OfficerStatistics.Knows(reader, officer)
            ? Problems.Response(Refusals.UnknownOfficer)
            : EncodedResponse.Of(new RatingsDocument([.. page.Ratings.Select(RatingDocument.Of)], page.Next?.Text));
    }

    /// <summary>Reads the question; each of its parts may be left out.</summary>
    private static Refusal? Read(string? from, string? to, string? officer, string? cursor, string? limit, out RatingsQuestion question)
    {
        question = new RatingsQuestion { Officer = officer };
        DateOnly first = default, last = default;
        if ((from is not null && !Days.TryRead(from, out first)) || (to is not null && !Days.TryRead(to, out last))
            || (from is not null && to is not null && last < first))
        {
            return Refusals.Malformed("from và to phải là ngày như 2026-11-01, from không sau to.", "from and to must be days such as 2026-11-01, in this order.");
        }

        RatingsCursor after = default;
        if (cursor is not null && !RatingsCursor.TryRead(cursor, out after))
        {
            return Refusals.WrongField("cursor");
        }

        var most = question.Limit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > RatingsQuestion.MaximumLimit))
        {
            return Refusals.Malformed(
                $"limit là 1 đến {RatingsQuestion.MaximumLimit}.", $"limit is 1 to {RatingsQuestion.MaximumLimit}.");
        }

        question = question with
        {
            From = from is null ? null : first,
            To = to is null ? null : last,
            After = cursor is null ? null : after,
            Limit = most,
        };
        return null;
    }

    private static Refusal? Refuse(Callers callers, HttpContext context) =>
        callers.Read(context) is { } caller ? Access.Leads(caller) : Refusals.UnknownDevice;
}
