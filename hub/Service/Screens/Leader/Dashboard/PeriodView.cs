using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hub.Record;
using Reception.Hub.Statistics;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>What a leader asks of a period, all of it read at one moment.</summary>
public sealed record PeriodView
{
    public required ReportingPeriod Period { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>Days on which anybody was served or rated.</summary>
    public required int WorkingDays { get; init; }

    public required IReadOnlyList<Standing> Officers { get; init; }

    /// <summary>Presses that belong to no ticket: shown, in no rate.</summary>
    public required long Unattributed { get; init; }

    public required DissatisfactionReasons Reasons { get; init; }
    public required IReadOnlyList<ServiceFigures> Services { get; init; }
    /// <summary>How far the waits that citizens were told were off, by service.</summary>
    public required IReadOnlyDictionary<string, EstimateAccuracy> Estimates { get; init; }

    public required IReadOnlyList<HourFigures> Hours { get; init; }
    public required WeeklyTrend Trend { get; init; }
    public required IReadOnlyList<UnusualPattern> Patterns { get; init; }

    /// <summary>The newest day of the period, or before it, that is over, with the code of its closing; null where there is none.</summary>
    public SealedDay? Sealed { get; init; }

    public Tally Whole => Officers.Aggregate(new Tally(), (sum, officer) => sum + officer.Figures.Tally);

    public static PeriodView Read(SqliteConnection connection, ReportingPeriod period, DateOnly today, TimeZoneInfo zone)
    {
        using var moment = connection.BeginTransaction(deferred: true);
        var days = period.Days;
        var past = days.To > today && days.From <= today ? days with { To = today } : days;
        var officers = OfficerStatistics.Read(connection, days);
        var cells = ServiceHour.Read(connection, days);
        var range = new { from = days.FromKey, to = days.ToKey };
        return new PeriodView
        {
            Period = period,
            Today = today,
            WorkingDays = connection.ExecuteScalar<int>(
                "SELECT COUNT(DISTINCT day) FROM officer_day WHERE day BETWEEN @from AND @to AND served + rated > 0", range),
            Officers = Standings.Of(officers),
            Unattributed = connection.ExecuteScalar<long>("SELECT COUNT(*) FROM rating WHERE day BETWEEN @from AND @to AND attributed = 0", range),
            Reasons = DissatisfactionReasons.Read(connection, days),
            Services = ServiceShares.Of(cells),
            Estimates = EstimateAccuracy.Read(connection, days),
            Hours = HourFigures.Of(cells),
            Trend = WeeklyTrend.Read(connection, today),
            Sealed = SealedDay.Read(connection, days.To),
            Patterns = UnusualPatterns.Read(connection, past, officers, zone),
        };
    }
}
