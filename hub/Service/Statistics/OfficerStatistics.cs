using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>What every officer with duty, served or rating did in some days, from the roll-up <c>officer_day</c>.</summary>
internal static class OfficerStatistics
{
    public static IReadOnlyList<OfficerFigures> Read(SqliteConnection connection, DayRange days)
    {
        var range = new { from = days.FromKey, to = days.ToKey };
        var counters = connection.Query<DutyRow>(
            "SELECT DISTINCT officer, counter FROM duty WHERE day BETWEEN @from AND @to ORDER BY officer, counter", range)
            .ToLookup(row => row.Officer, row => (int)row.Counter, StringComparer.Ordinal);

        var figures = connection.Query<OfficerRow>(
            """
            SELECT officer, SUM(served) AS served, SUM(level1) AS level1, SUM(level2) AS level2, SUM(level3) AS level3,
                   SUM(level4) AS level4, SUM(level5) AS level5, SUM(wait_seconds) AS waitSeconds,
                   SUM(service_seconds) AS serviceSeconds, SUM(unattributed) AS unattributed
            FROM officer_day
            WHERE day BETWEEN @from AND @to
            GROUP BY officer
            """, range)
            .Select(row => new OfficerFigures(row.Officer, row, row.Unattributed, [.. counters[row.Officer]]))
            .ToList();

        var known = figures.Select(figure => figure.Officer).ToHashSet(StringComparer.Ordinal);
        figures.AddRange(counters.Where(duty => !known.Contains(duty.Key)).Select(duty => new OfficerFigures(duty.Key, new Tally(), 0, [.. duty])));
        figures.Sort((left, right) => string.CompareOrdinal(left.Officer, right.Officer));
        return figures;
    }

    /// <summary>Whether anything was ever counted for an officer.</summary>
    public static bool Knows(SqliteConnection connection, string officer) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM officer_day WHERE officer = @officer)", new { officer });

    private sealed record DutyRow
    {
        public string Officer { get; init; } = "";
        public long Counter { get; init; }
    }

    private sealed record OfficerRow : Tally
    {
        public string Officer { get; init; } = "";
        public long Unattributed { get; init; }
    }
}

/// <summary>One officer's sums, and the counters where the officer had duty.</summary>
public sealed record OfficerFigures(string Officer, Tally Tally, long Unattributed, IReadOnlyList<int> Counters);
