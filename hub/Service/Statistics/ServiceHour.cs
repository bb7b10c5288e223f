using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>What was served and rated of one service in one hour of the day, over all days of a period.</summary>
internal sealed record ServiceHour : Tally
{
    public string Service { get; init; } = "";
    public long Hour { get; init; }

    public static IReadOnlyList<ServiceHour> Read(SqliteConnection connection, DayRange days) =>
        connection.Query<ServiceHour>(
            """
            SELECT service, hour, SUM(served) AS served, SUM(level1) AS level1, SUM(level2) AS level2, SUM(level3) AS level3,
                   SUM(level4) AS level4, SUM(level5) AS level5, SUM(wait_seconds) AS waitSeconds, SUM(service_seconds) AS serviceSeconds
            FROM service_hour
            WHERE day BETWEEN @from AND @to
            GROUP BY service, hour
            """, new { from = days.FromKey, to = days.ToKey }).AsList();
}
