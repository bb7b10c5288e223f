using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>What was served and rated in one hour of the day, over all days of a period.</summary>
public sealed record HourFigures(int Hour, Tally Tally)
{
    public static IReadOnlyList<HourFigures> Read(SqliteConnection connection, DayRange days) =>
        [.. connection.Query<HourRow>(
            """
            SELECT hour, SUM(served) AS served, SUM(level1) AS level1, SUM(level2) AS level2, SUM(level3) AS level3,
                   SUM(level4) AS level4, SUM(level5) AS level5, SUM(wait_seconds) AS waitSeconds, SUM(service_seconds) AS serviceSeconds
            FROM service_hour
            WHERE day BETWEEN @from AND @to
            GROUP BY hour
            HAVING SUM(served) > 0 OR SUM(rated) > 0
            ORDER BY hour
            """, new { from = days.FromKey, to = days.ToKey })
            .Select(row => new HourFigures((int)row.Hour, row))];

    private sealed record HourRow : Tally
    {
        public long Hour { get; init; }
    }
}
