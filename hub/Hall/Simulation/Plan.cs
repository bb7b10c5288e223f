using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>What is simulated: a hall's rules and its people, over so many business days.</summary>
public sealed record Plan
{
    // By the clock of a ward: a crowd in the first hours, few towards noon and the end.
    private static readonly Dictionary<int, double> UsualHours = new()
    {
        [7] = 1.2,
        [8] = 1.6,
        [9] = 1.4,
        [10] = 1.1,
        [11] = 0.6,
        [13] = 0.9,
        [14] = 1.1,
        [15] = 0.8,
        [16] = 0.4,
    };

    /// <summary>The rules, which may have other counters than the ward whose people come.</summary>
    public required Setup Setup { get; init; }

    public required Ward Ward { get; init; }
    public required int Days { get; init; }
    public required DateOnly First { get; init; }
    public required int Seed { get; init; }

    /// <summary>How long officers stay after the closing to serve who still waits.</summary>
    public TimeSpan Overtime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the days run into one another as one long opening, which has no first hour and no last.</summary>
    public bool Unbroken { get; init; }

    /// <summary>The device at which numbers are taken; null where none is named.</summary>
    public string? Issuer { get; init; }

    /// <summary>The parts of a day in which numbers are given out, from midnight on.</summary>
    public static ImmutableArray<(TimeSpan From, TimeSpan To)> Shifts(Setup setup) => setup.Hours is { } hours
        ? [.. hours.Periods.OrderBy(period => period.From).Select(period => (period.From.ToTimeSpan(), period.To.ToTimeSpan()))]
        : [(TimeSpan.Zero, TimeSpan.FromDays(1))];

    /// <summary>
    /// The instant from which a day's opening hours are counted. A change of the clocks comes before noon: counted back from noon, the opening
    /// hours are right on that day too.
    /// </summary>
    public static DateTimeOffset Midnight(Setup setup, DateOnly date)
    {
        var noon = date.ToDateTime(new TimeOnly(12, 0));
        return new DateTimeOffset(noon, setup.Zone.GetUtcOffset(noon)) - TimeSpan.FromHours(12);
    }

    public static TimeSpan HoursADay(Setup setup) => Shifts(setup).Aggregate(TimeSpan.Zero, (sum, shift) => sum + (shift.To - shift.From));

    /// <summary>How many come in an hour of the clock, beside the others, as is usual in a ward.</summary>
    public static double UsualHour(int hour) => UsualHours.GetValueOrDefault(hour, 1);

    /// <summary>A profile by the hours of the clock, within the opening hours.</summary>
    public static ImmutableArray<Stretch> Profile(Setup setup, Func<int, double> weightOfHour) =>
    [
        .. from shift in Shifts(setup)
           from hour in Enumerable.Range(0, 24)
           let start = TimeSpan.FromHours(hour)
           let end = TimeSpan.FromHours(hour + 1)
           let stretch = new Stretch(shift.From > start ? shift.From : start, shift.To < end ? shift.To : end, weightOfHour(hour))
           where stretch.To > stretch.From && stretch.Weight > 0
           select stretch,
    ];

    /// <summary>
    /// A hall's people, so many a day on average. Each service is asked for by its share; where no shares are given, as often as its counters
    /// have time for it.
    /// </summary>
    public static Ward People(Setup setup, WardPace pace, double visitorsADay, ImmutableDictionary<string, double>? shares = null)
    {
        var ward = new Ward(
            [.. setup.Services.Select(one => new WardService(one.Code, TimeSpan.FromSeconds(one.ExpectedServiceSeconds)))],
            [.. setup.Counters.Select(one => new WardCounter(one.Number, one.Services))],
            pace);
        var weights = ward.Services.Select(one => shares is null ? ward.ArrivalsAnHour(one) : shares.GetValueOrDefault(one.Code)).ToList();
        var hours = pace.Profile.Sum(stretch => (stretch.To - stretch.From).TotalHours * stretch.Weight);
        return ward with
        {
            Services = [.. ward.Services.Zip(weights, (one, weight) => one with { ArrivalsAnHour = visitorsADay / hours * weight / weights.Sum() })],
        };
    }

    /// <summary>
    /// The same hall as queueing theory wants it: one unbroken opening, a constant rate, exponential service times with one mean in each pool,
    /// and no time lost between services. Its waits have a formula.
    /// </summary>
    /// <param name="pools">Of all the plans that are to meet the same people.</param>
    public Plan Markovian(ImmutableArray<Pool> pools)
    {
        var hours = HoursADay(Setup).TotalHours;
        var weights = Ward.Pace.Profile.Sum(stretch => (stretch.To - stretch.From).TotalHours * stretch.Weight);
        return this with
        {
            Unbroken = true,
            Overtime = TimeSpan.FromDays(Days),
            Ward = Ward with
            {
                Services = [.. Ward.Services.Select(one => one with
                {
                    MeanServiceTime = MeanOf(pools.FirstOrDefault(pool => pool.Services.Contains(one.Code))?.Services ?? [one.Code]),
                    ArrivalsAnHour = Ward.ArrivalsAnHour(one) * weights / hours,
                })],
                Pace = new WardPace
                {
                    Priority = Ward.Pace.Priority,
                    Memoryless = true,
                    NoShow = 0,
                    Transferred = 0,
                    SecondErrand = 0,
                    Walk = TimeSpan.Zero,
                    Breath = TimeSpan.Zero,
                    TakesBreak = 0,
                },
            },
        };
    }

    /// <summary>The mean service time of all who come for these services.</summary>
    private TimeSpan MeanOf(ImmutableArray<string> services)
    {
        var asked = Ward.Services.Where(one => services.Contains(one.Code)).ToList();
        var rate = asked.Sum(Ward.ArrivalsAnHour);
        return rate == 0
            ? asked[0].MeanServiceTime
            : asked.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.MeanServiceTime * (Ward.ArrivalsAnHour(one) / rate)));
    }

    /// <summary>What the formula says of a pool under this plan; null where it is not one queue before equal counters.</summary>
    public ErlangC? Formula(Pool pool)
    {
        var asked = Ward.Services.Where(one => pool.Services.Contains(one.Code)).ToList();
        return pool.IsOneQueue && asked.Select(one => one.MeanServiceTime).Distinct().Count() == 1
            ? new ErlangC(asked.Sum(Ward.ArrivalsAnHour), asked[0].MeanServiceTime, pool.Counters.Length)
            : null;
    }
}
