using Reception.Hub.Journal;
using Reception.Hub.Ratings;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Ratings;

/// <summary>What there is to say of a rating, and of the ratings that are shown.</summary>
internal static class RatingWords
{
    /// <summary>Why a rating belongs to no ticket, or that it was changed; or null.</summary>
    public static string? Notes(RatingFigures rating, Words words) =>
        rating.Late ? words["ratings.late.why", Span(rating.ArrivedAt - rating.At, words)]
        : !rating.Attributed ? words["ratings.unattributed"]
        : rating.Changed ? words["ratings.changed"]
        : null;

    /// <summary>When a rating came to the hub, where that is long after the press; or null.</summary>
    public static string? Arrival(RatingFigures rating, Words words) =>
        rating.ArrivedAt - rating.At <= ReportTime.Prompt ? null
        : words["ratings.arrived.at", rating.ArrivedAt.Date == rating.At.Date ? words.TimeWithSeconds(rating.ArrivedAt) : words.DateAndTime(rating.ArrivedAt)];

    /// <summary>What a question asks for beyond the fields of the form.</summary>
    public static string Only(RatingsQuestion question, Words words) => words["ratings.only", string.Join(", ", new[]
    {
        question.Kind is { } kind ? words["ratings.only." + kind.Code(), Seconds(kind)] : null,
        question.Device is { } device ? words["ratings.only.device", device] : null,
        question.Since is not null || question.Until is not null ? words["ratings.only.span", Time(question.Since, words), Time(question.Until, words)] : null,
    }.OfType<string>())];

    private static string Span(TimeSpan span, Words words) => span switch
    {
        { TotalHours: < 2 } => words.Minutes(span),
        { TotalDays: < 2 } => words["ratings.hours", (int)span.TotalHours],
        _ => words["ratings.days", (int)span.TotalDays],
    };

    private static int Seconds(PressKind kind) =>
        (int)(kind == PressKind.AfterStart ? PressTiming.SoonAfterStart : PressTiming.SoonAfterFinish).TotalSeconds;

    private static string Time(DateTimeOffset? instant, Words words) => instant is { } known ? words.TimeWithSeconds(known) : "…";
}
