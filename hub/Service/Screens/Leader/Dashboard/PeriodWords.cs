using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>Periods in words and in addresses.</summary>
internal static class PeriodWords
{
    private static readonly string[] Roman = ["I", "II", "III", "IV"];

    public static string Code(this PeriodKind kind) => kind switch
    {
        PeriodKind.Month => "month",
        PeriodKind.Quarter => "quarter",
        PeriodKind.HalfYear => "half-year",
        PeriodKind.NineMonths => "nine-months",
        PeriodKind.Year => "year",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such period."),
    };

    public static string Name(this ReportingPeriod period, Words words) => period.Kind switch
    {
        PeriodKind.Month => words["dashboard.period.month.name", $"{period.From.Month:00}", $"{period.From.Year}"],
        PeriodKind.Quarter => words["dashboard.period.quarter.name", Roman[period.Number - 1], $"{period.From.Year}"],
        PeriodKind.HalfYear => words[$"dashboard.period.half-year.{period.Number}", $"{period.From.Year}"],
        _ => words[$"dashboard.period.{period.Kind.Code()}.name", $"{period.From.Year}"],
    };

    public static string Query(this ReportingPeriod period) => $"period={period.Kind.Code()}&at={Days.Text(period.From)}";

    /// <summary>The period that an address asks for; the present month where it asks for none that exists.</summary>
    public static ReportingPeriod Read(string? code, string? at, DateOnly today)
    {
        var kind = ReportingPeriod.Kinds.FirstOrDefault(kind => kind.Code() == code, PeriodKind.Month);
        return ReportingPeriod.Of(kind, Days.TryRead(at, out var day) && day.Year is >= 2000 and < 2200 ? day : today);
    }
}
