using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>How often each reason was given for a level 1 or 2, and how often none was.</summary>
public sealed record DissatisfactionReasons(IReadOnlyList<ReasonFigures> Given, long Silent)
{
    public long Ratings => Silent + Given.Sum(reason => reason.Ratings);

    public static DissatisfactionReasons Read(SqliteConnection connection, DayRange days)
    {
        var counts = connection.Query<ReasonRow>(
            "SELECT reason, SUM(ratings) AS ratings FROM reason_day WHERE day BETWEEN @from AND @to GROUP BY reason",
            new { from = days.FromKey, to = days.ToKey })
            .ToDictionary(row => row.Reason, row => row.Ratings, StringComparer.Ordinal);
        var given = Protocol.Reasons.All
            .Select((reason, index) => (Figures: new ReasonFigures(reason, counts.GetValueOrDefault(reason)), index))
            .OrderBy(reason => reason.Figures.Reason == "other")
            .ThenByDescending(reason => reason.Figures.Ratings)
            .ThenBy(reason => reason.index)
            .Select(reason => reason.Figures);
        return new DissatisfactionReasons([.. given], counts.GetValueOrDefault(""));
    }

    private sealed record ReasonRow
    {
        public string Reason { get; init; } = "";
        public long Ratings { get; init; }
    }
}

/// <summary>One reason and how often it was given.</summary>
public sealed record ReasonFigures(string Reason, long Ratings);
