using Dapper;
using Microsoft.Data.Sqlite;

namespace Reception.Hub.Statistics;

/// <summary>How far the waits that citizens were told were off: of those who were called in their turn.</summary>
/// <param name="Told">Citizens who were told a wait and called.</param>
/// <param name="Within">Of these, how many were called within the range.</param>
/// <param name="OffSeconds">The differences between the likely wait and the real one, added up.</param>
public sealed record EstimateAccuracy(long Told, long Within, long OffSeconds)
{
    public double? WithinShare => Told == 0 ? null : (double)Within / Told;

    /// <summary>The difference of one wait, on average.</summary>
    public TimeSpan? Off => Told == 0 ? null : TimeSpan.FromSeconds((double)OffSeconds / Told);

    public static EstimateAccuracy operator +(EstimateAccuracy one, EstimateAccuracy other) =>
        new(one.Told + other.Told, one.Within + other.Within, one.OffSeconds + other.OffSeconds);

    /// <summary>By service, over some days.</summary>
    internal static IReadOnlyDictionary<string, EstimateAccuracy> Read(SqliteConnection connection, DayRange days) =>
        connection.Query<(string Service, long Told, long Within, long Off)>(
            "SELECT service, SUM(told), SUM(within), SUM(off_seconds) FROM estimate_day WHERE day BETWEEN @from AND @to GROUP BY service",
            new { from = days.FromKey, to = days.ToKey })
            .ToDictionary(row => row.Service, row => new EstimateAccuracy(row.Told, row.Within, row.Off));
}
