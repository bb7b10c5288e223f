using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>Which ratings a page shows. Days are days of service.</summary>
public sealed record RatingsQuestion
{
    public const int MaximumLimit = 500;

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public string? Officer { get; init; }
    public int? Counter { get; init; }
    public int? Level { get; init; }
    public bool? Attributed { get; init; }
    public string? Device { get; init; }
    public PressKind? Kind { get; init; }

    /// <summary>The first instant of a visit's first press, to the millisecond.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last instant of a visit's first press, inside.</summary>
    public DateTimeOffset? Until { get; init; }

    public RatingsCursor? After { get; init; }
    public int Limit { get; init; } = 100;
}

/// <summary>The last row of a page: the next one starts behind it, so that new ratings shift nothing.</summary>
public readonly record struct RatingsCursor(long At, Guid Id)
{
    public string Text => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At}:{Id:N}")));

    public static bool TryRead(string text, out RatingsCursor cursor)
    {
        cursor = default;
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(':');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            || !Guid.TryParseExact(parts[1], "N", out var id))
        {
            return false;
        }

        cursor = new RatingsCursor(at, id);
        return true;
    }
}

/// <summary>One press, and the day of service for which it counts.</summary>
public sealed record RatingFigures(
    Guid Id, DateTimeOffset At, DateTimeOffset ArrivedAt, int Level, string? Reason, DateOnly Day, string? Officer, int? Counter, string? Service, Guid? Ticket,
    bool Attributed, bool Changed, bool Late);

/// <summary>A page of ratings, newest first.</summary>
public sealed record RatingsPage(IReadOnlyList<RatingFigures> Ratings, RatingsCursor? Next)
{
    private const int FewDays = 62;

    public static RatingsPage Read(SqliteConnection connection, RatingsQuestion question, TimeZoneInfo zone)
    {
        var rows = connection.Query<RatingRow>(
            $"""
            SELECT id, at, arrived_at AS arrivedAt, level, reason, day, officer, counter, service, ticket, attributed, changed, late
            FROM rating
            WHERE {Conditions(question)}
            ORDER BY at DESC, id DESC
            LIMIT @limit
            """,
            new
            {
                from = question.From is { } from ? Days.Key(from) : 0,
                to = question.To is { } to ? Days.Key(to) : 0,
                officer = question.Officer,
                counter = question.Counter,
                level = question.Level,
                attributed = question.Attributed,
                device = question.Device,
                since = question.Since?.ToUnixTimeMilliseconds(),
                until = question.Until?.ToUnixTimeMilliseconds(),
                at = question.After?.At,
                id = question.After?.Id.ToByteArray(bigEndian: true),
                limit = question.Limit + 1,
            }).AsList();

        var ratings = rows.Take(question.Limit).Select(row => row.Figures(zone)).ToList();
        return new RatingsPage(ratings, rows.Count > question.Limit ? new RatingsCursor(ratings[^1].At.ToUnixTimeMilliseconds(), ratings[^1].Id) : null);
    }

    private static string Conditions(RatingsQuestion question)
    {
        List<string> conditions = [];
        void Where(bool asked, string condition)
        {
            if (asked)
            {
                conditions.Add(condition);
            }
        }

        // A plus sign keeps SQLite from the index by day: a long list is read in the order of its index in time, a few days are sorted.
        var day = question.After is null && question.From is { } from && question.To is { } to && to.DayNumber - from.DayNumber < FewDays ? "day" : "+day";
        Where(question.From is not null, $"{day} >= @from");
        Where(question.To is not null, $"{day} <= @to");
        Where(question.Officer is not null, "officer = @officer");
        Where(question.Counter is not null, "counter = @counter");
        Where(question.Level is not null, "level = @level");
        Where(question.Attributed is not null, "attributed = @attributed");
        Where(question.Device is not null, "device = @device");
        Where(question.Since is not null, "first_at >= @since");
        Where(question.Until is not null, "first_at <= @until");
        Where(question.Kind is not null, $"{question.Kind?.Condition()}");
        Where(question.After is not null, "(at, id) < (@at, @id)");
        return conditions.Count == 0 ? "TRUE" : string.Join(" AND ", conditions);
    }

    private sealed record RatingRow
    {
        public byte[] Id { get; init; } = [];
        public long At { get; init; }
        public long ArrivedAt { get; init; }
        public long Level { get; init; }
        public string? Reason { get; init; }
        public long Day { get; init; }
        public string? Officer { get; init; }
        public long? Counter { get; init; }
        public string? Service { get; init; }
        public byte[]? Ticket { get; init; }
        public long Attributed { get; init; }
        public long Changed { get; init; }
        public long Late { get; init; }

        public RatingFigures Figures(TimeZoneInfo zone) => new(
            new Guid(Id, bigEndian: true), Local(At, zone), Local(ArrivedAt, zone), (int)Level, Reason,
            Days.Day(Day), Officer, (int?)Counter, Service, Ticket is null ? null : new Guid(Ticket, bigEndian: true), Attributed != 0, Changed != 0, Late != 0);

        private static DateTimeOffset Local(long at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone);
    }
}
