using System.Globalization;
using Reception.Hub.Statistics;
using Reception.Protocol;

namespace Reception.Hub.Screens.Leader;

/// <summary>A question for ratings as the address of their page.</summary>
internal static class RatingsAddress
{
    public static string Of(RatingsQuestion question) => "/ratings?" + Query(question);

    /// <summary>The question without its place in the list.</summary>
    public static string Query(RatingsQuestion question) => string.Join('&', new[]
    {
        Part("from", question.From is { } from ? Days.Text(from) : null),
        Part("to", question.To is { } to ? Days.Text(to) : null),
        Part("officer", question.Officer),
        Part("counter", question.Counter?.ToString(CultureInfo.InvariantCulture)),
        Part("level", question.Level?.ToString(CultureInfo.InvariantCulture)),
        Part("attributed", question.Attributed is { } attributed ? attributed ? "true" : "false" : null),
        Part("device", question.Device),
        Part("presses", question.Kind?.Code()),
        Part("since", Text(question.Since)),
        Part("until", Text(question.Until)),
    }.OfType<string>());

    /// <summary>What a person chose; the days of this month where they chose none. What can't be read is as if not chosen.</summary>
    public static RatingsQuestion Read(IQueryCollection query, DateOnly today, TimeZoneInfo zone)
    {
        var month = ReportingPeriod.Of(PeriodKind.Month, today);
        var chose = query.ContainsKey("from") || query.ContainsKey("to");
        return new RatingsQuestion
        {
            From = Days.TryRead(query["from"], out var from) ? from : chose ? null : month.From,
            To = Days.TryRead(query["to"], out var to) ? to : chose ? null : month.To,
            Officer = query["officer"] is [{ Length: > 0 } officer] ? officer : null,
            Counter = int.TryParse(query["counter"], out var counter) ? counter : null,
            Level = int.TryParse(query["level"], out var level) && Levels.IsLevel(level) ? level : null,
            Attributed = bool.TryParse(query["attributed"], out var attributed) ? attributed : null,
            Device = query["device"] is [{ } device] && DeviceIds.IsValid(device) ? device : null,
            Kind = PressKinds.All.Where(kind => kind.Code() == query["presses"]).Select(kind => (PressKind?)kind).FirstOrDefault(),
            Since = Instant(query["since"], zone),
            Until = Instant(query["until"], zone),
            After = query["cursor"] is [{ } cursor] && RatingsCursor.TryRead(cursor, out var after) ? after : null,
        };
    }

    private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";

    private static string? Text(DateTimeOffset? instant) => instant is { } known ? ProtocolJson.Text(known) : null;

    private static DateTimeOffset? Instant(string? text, TimeZoneInfo zone) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? TimeZoneInfo.ConvertTime(instant, zone) : null;
}
