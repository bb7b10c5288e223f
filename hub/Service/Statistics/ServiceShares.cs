using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>What one service was rated.</summary>
public sealed record ServiceFigures(string Service, Tally Tally);

/// <summary>Services by their share of levels 1 and 2, the worst first; those that nobody rated last.</summary>
internal static class ServiceShares
{
    public static IReadOnlyList<ServiceFigures> Read(SqliteConnection connection, DayRange days) =>
        [.. connection.Query<ServiceRow>(
            """
            SELECT service, SUM(served) AS served, SUM(level1) AS level1, SUM(level2) AS level2, SUM(level3) AS level3,
                   SUM(level4) AS level4, SUM(level5) AS level5, SUM(wait_seconds) AS waitSeconds, SUM(service_seconds) AS serviceSeconds
            FROM service_hour
            WHERE day BETWEEN @from AND @to
            GROUP BY service
            """, new { from = days.FromKey, to = days.ToKey })
            .Select(row => new ServiceFigures(row.Service, row))
            .OrderByDescending(service => service.Tally.Levels.DissatisfiedShare ?? -1)
            .ThenByDescending(service => service.Tally.Served)
            .ThenBy(service => service.Service, StringComparer.Ordinal)];

    private sealed record ServiceRow : Tally
    {
        public string Service { get; init; } = "";
    }
}
