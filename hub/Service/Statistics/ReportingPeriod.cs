namespace Reception.Hub.Statistics;

/// <summary>The periods in which a ward reports.</summary>
public enum PeriodKind
{
    Month,
    Quarter,
    HalfYear,
    NineMonths,
    Year,
}

/// <summary>One such period of the calendar. Nine months are January to September.</summary>
public sealed record ReportingPeriod(PeriodKind Kind, DateOnly From, DateOnly To)
{
    public static IReadOnlyList<PeriodKind> Kinds { get; } = Enum.GetValues<PeriodKind>();

    public DayRange Days => new(From, To);

    /// <summary>The month, quarter or half-year, counted from 1 in its year.</summary>
    public int Number => (From.Month - 1) / Months(Kind) + 1;

    public ReportingPeriod Previous => Of(Kind, Kind is PeriodKind.NineMonths ? From.AddYears(-1) : From.AddMonths(-Months(Kind)));

    public ReportingPeriod Next => Of(Kind, Kind is PeriodKind.NineMonths ? From.AddYears(1) : From.AddMonths(Months(Kind)));

    /// <summary>The period in which a day lies; for nine months that of the day's year.</summary>
    public static ReportingPeriod Of(PeriodKind kind, DateOnly day)
    {
        var months = Months(kind);
        var first = kind is PeriodKind.NineMonths ? 1 : (day.Month - 1) / months * months + 1;
        var from = new DateOnly(day.Year, first, 1);
        return new ReportingPeriod(kind, from, from.AddMonths(months).AddDays(-1));
    }

    private static int Months(PeriodKind kind) => kind switch
    {
        PeriodKind.Month => 1,
        PeriodKind.Quarter => 3,
        PeriodKind.HalfYear => 6,
        PeriodKind.NineMonths => 9,
        PeriodKind.Year => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such period."),
    };
}
