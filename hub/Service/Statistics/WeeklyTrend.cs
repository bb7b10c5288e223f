using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>Ratings of one week, Monday to Sunday.</summary>
public sealed record Week(DateOnly Monday, LevelCounts Levels);

/// <summary>Satisfaction week by week up to today. The week that is not over stands apart: its few days prove nothing.</summary>
public sealed record WeeklyTrend(IReadOnlyList<Week> Whole, Week Unfinished)
{
    public const int Weeks = 12;
    private const int Compared = 4;

    /// <summary>The first four whole weeks and the last four; null where either has no rating.</summary>
    public (LevelCounts Before, LevelCounts After)? Change
    {
        get
        {
            var before = Whole.Take(Compared).Aggregate(new LevelCounts(), (sum, week) => sum + week.Levels);
            var after = Whole.TakeLast(Compared).Aggregate(new LevelCounts(), (sum, week) => sum + week.Levels);
            return before.Rated == 0 || after.Rated == 0 ? null : (before, after);
        }
    }

    public static WeeklyTrend Read(SqliteConnection connection, DateOnly today)
    {
        var current = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = current.AddDays(-7 * (Weeks - 1));
        var byWeek = connection.Query<DayTally>(
            """
            SELECT day, SUM(level1) AS level1, SUM(level2) AS level2, SUM(level3) AS level3, SUM(level4) AS level4, SUM(level5) AS level5
            FROM officer_day
            WHERE day BETWEEN @from AND @to
            GROUP BY day
            """, new { from = Days.Key(first), to = Days.Key(today) })
            .GroupBy(row => (Days.Day(row.Day).DayNumber - first.DayNumber) / 7)
            .ToDictionary(week => week.Key, week => week.Aggregate(new LevelCounts(), (sum, row) => sum + row.Levels));

        var weeks = Enumerable.Range(0, Weeks).Select(index => new Week(first.AddDays(7 * index), byWeek.GetValueOrDefault(index))).ToList();
        return new WeeklyTrend(weeks[..^1], weeks[^1]);
    }

    private sealed record DayTally : Tally
    {
        public long Day { get; init; }
    }
}
