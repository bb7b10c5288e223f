using Reception.Hub.Security;
using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Log;

/// <summary>What an administrator asks of the log, as an address; what can't be read is as if not chosen.</summary>
internal sealed record LogAddress(DateOnly From, DateOnly To, LogKind? Kind, string? Person, int Page, long? UpTo)
{
    private const int DaysShown = 7;
    private const int MostPages = 100_000;

    /// <summary>The question as an address, without its kind and its page.</summary>
    public string Query => $"from={Days.Text(From)}&to={Days.Text(To)}{(Person is null ? "" : $"&person={Uri.EscapeDataString(Person)}")}";

    /// <summary>The same with the kind.</summary>
    public string QueryWithKind => Kind is { } kind ? $"{Query}&kind={kind.Code()}" : Query;

    /// <summary>Reads an address; the last seven days without one, and never what is older than the log keeps.</summary>
    public static LogAddress Read(IQueryCollection query, DateOnly today)
    {
        var oldest = today.AddDays(-SecurityLog.Kept.Days);
        var to = Days.TryRead(query["to"], out var last) && last <= today ? last : today;
        var from = Days.TryRead(query["from"], out var first) ? first : to.AddDays(1 - DaysShown);
        to = to < oldest ? oldest : to;
        return new LogAddress(
            from < oldest ? oldest : from > to ? to : from,
            to,
            LogKinds.Read(query["kind"]),
            query["person"] is [{ Length: > 0 } person] ? person : null,
            int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, MostPages) : 1,
            long.TryParse(query["upto"], out var upTo) ? upTo : null);
    }

    /// <summary>The question in the hall's zone.</summary>
    public LogQuestion Question(TimeZoneInfo zone, long newest) =>
        new(Start(From, zone), Start(To.AddDays(1), zone), UpTo ?? newest) { Kind = Kind, Person = Person };

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
