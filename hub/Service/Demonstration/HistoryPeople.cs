using System.Collections.Immutable;
using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Demonstration;

/// <summary>Who works in the hall of a demonstration's history on a day, how they are liked, and how busy it is.</summary>
/// <param name="hall">The hall.</param>
/// <param name="first">The first day.</param>
/// <param name="end">The day after the last.</param>
/// <param name="seed">The same seed brings the same people.</param>
internal sealed class HistoryPeople(HallFile hall, DateOnly first, DateOnly end, int seed)
{
    /// <summary>How much of the counters' time the citizens of a usual day ask for.</summary>
    private const double UsualLoad = 0.72;

    /// <summary>Above it a day's queues are not served by the evening.</summary>
    private const double HighestLoad = 0.88;

    /// <summary>From the least liked officer to the most liked one, and what the whole hall gains in a year.</summary>
    private const double Manners = 0.9;
    private const double YearlyGain = 0.35;
    private const double MannerAtStart = 0.1;

    private static readonly Dictionary<DayOfWeek, double> Weekdays = new()
    {
        [DayOfWeek.Monday] = 1.18,
        [DayOfWeek.Tuesday] = 1.05,
        [DayOfWeek.Wednesday] = 0.97,
        [DayOfWeek.Thursday] = 0.95,
        [DayOfWeek.Friday] = 0.88,
    };

    // Few come in the weeks around Tết; before the school year, in July and August, copies and residence papers are needed.
    private static readonly double[] Months = [1.03, 0.82, 1.0, 0.98, 0.97, 1.04, 1.12, 1.14, 1.02, 0.97, 0.96, 1.02];

    private readonly ImmutableArray<string> _officers =
        [.. hall.Officers.Where(one => one is { Role: Roles.Officer, Left: false }).Select(one => one.Code)];

    public int Seed => seed;

    /// <summary>A day's people, by the rules that hold.</summary>
    public Plan Plan(Setup rules, DateOnly day)
    {
        var staffed = rules.Counters.Take(_officers.Length);
        return new Plan
        {
            Setup = rules,
            Ward = new Ward(
                [.. rules.Services.Select(one => new WardService(one.Code, TimeSpan.FromSeconds(one.ExpectedServiceSeconds)))],
                [.. staffed.Select(one => new WardCounter(one.Number, one.Services))],
                new WardPace { Load = Load(day), Profile = Profile(rules), Rates = 0.62 }),
            Days = 1,
            First = day,
            Seed = seed,
            Issuer = DemonstrationDevices.Kiosk,
        };
    }

    /// <summary>Who sits where. Officers of counters with the same services change places every week.</summary>
    public ImmutableArray<StaffedCounter> StaffedCounters(Plan plan, DateOnly day)
    {
        var week = day.DayNumber / 7;
        var officers = _officers.ToArray();
        var alike = plan.Ward.Counters.Select((counter, index) => (counter, index))
            .GroupBy(one => string.Join(',', one.counter.Services.Order(StringComparer.Ordinal)));
        foreach (var group in alike.Select(group => group.Select(one => one.index).ToArray()))
        {
            for (var place = 0; place < group.Length; place++)
            {
                officers[group[place]] = _officers[group[(place + week) % group.Length]];
            }
        }

        return [.. plan.Ward.Counters.Zip(officers, (counter, officer) => new StaffedCounter(counter, officer))];
    }

    /// <summary>How much an officer is liked on a day; 1 is about a level.</summary>
    public double Manner(string officer, DateOnly day)
    {
        var order = Enumerable.Range(0, _officers.Length).ToArray();
        Chance.For(seed).Shuffle(order);
        var place = order[_officers.IndexOf(officer)] / Math.Max(1.0, _officers.Length - 1);
        return MannerAtStart + (Manners * (place - 0.5)) + (YearlyGain * (day.DayNumber - first.DayNumber) / 365);
    }

    private double Load(DateOnly day)
    {
        var chance = 0.93 + (0.14 * Chance.For(seed, day.DayNumber, 1).NextDouble());
        // The nearer the present, the more of the citizens know the hall.
        var growth = 0.97 + (0.06 * (day.DayNumber - first.DayNumber) / Math.Max(1, end.DayNumber - first.DayNumber));
        return Math.Min(HighestLoad, UsualLoad * Weekdays.GetValueOrDefault(day.DayOfWeek, 1) * Months[day.Month - 1] * chance * growth);
    }

    /// <summary>The usual hours, so that the whole day is asked for by its load.</summary>
    private static ImmutableArray<Stretch> Profile(Setup rules)
    {
        var profile = Hall.Simulation.Plan.Profile(rules, Hall.Simulation.Plan.UsualHour);
        var mean = profile.Sum(one => one.Weight * (one.To - one.From).TotalHours) / profile.Sum(one => (one.To - one.From).TotalHours);
        return [.. profile.Select(one => one with { Weight = one.Weight / mean })];
    }
}
