using Reception.Hall.Simulation;
using Xunit;

namespace Reception.Unit.Tests.Simulation;

public sealed class WardTests
{
    private const int Seed = 20261123;

    private static readonly Ward Busy = new(
        [new("HT", TimeSpan.FromMinutes(8)), new("CT", TimeSpan.FromMinutes(5)), new("DD", TimeSpan.FromMinutes(14)), new("XX", TimeSpan.FromMinutes(3))],
        [new(1, ["HT", "CT"]), new(2, ["CT"]), new(3, ["DD"])],
        new WardPace { CrowdAtOpening = 2 });

    [Fact]
    public void The_same_seed_brings_the_same_people_and_another_brings_others()
    {
        Assert.Equal(Arrivals.Of(Busy, Seed).Take(500), Arrivals.Of(Busy, Seed).Take(500));
        Assert.NotEqual(Arrivals.Of(Busy, Seed).Take(500), Arrivals.Of(Busy, Seed + 1).Take(500));
        Assert.Equal(Visits(1, Seed), Visits(1, Seed));
        Assert.NotEqual(Visits(1, Seed), Visits(2, Seed));
    }

    [Fact]
    public void The_opening_crowd_comes_within_a_minute_with_someone_for_every_counter()
    {
        var crowd = Arrivals.Of(Busy, Seed).TakeWhile(one => one.At < TimeSpan.FromMinutes(1)).ToList();
        Assert.True(crowd.Count >= 6, $"{crowd.Count} came.");
        Assert.All(Busy.Counters, counter => Assert.Contains(crowd, one => counter.Services.Contains(one.Service)));
    }

    [Fact]
    public void Arrivals_come_in_order_and_ask_for_as_much_time_as_the_load_says()
    {
        var hours = 400;
        var all = Arrivals.Of(Busy, Seed).TakeWhile(one => one.At < TimeSpan.FromHours(hours)).ToList();
        Assert.Equal(all.OrderBy(one => one.At), all);

        var asked = all.SelectMany(one => new[] { one.Service, one.Then }).OfType<string>()
            .Sum(code => (Busy.Services.Single(service => service.Code == code).MeanServiceTime + Busy.BetweenServices).TotalHours);
        Assert.InRange(asked / (hours * Busy.Counters.Length), Busy.Pace.Load - 0.04, Busy.Pace.Load + 0.04);
        Assert.InRange(all.Count(one => one.Priority) / (double)all.Count, 0.1, 0.14);
    }

    [Fact]
    public void Nobody_comes_for_a_service_that_no_counter_serves() =>
        Assert.DoesNotContain(Arrivals.Of(Busy, Seed).Take(2000), one => one.Service == "XX");

    [Fact]
    public void People_come_in_each_stretch_as_often_as_its_weight_says_and_not_outside()
    {
        var ward = Busy with
        {
            Services = [new("HT", TimeSpan.FromMinutes(8)) { ArrivalsAnHour = 60 }, new("DD", TimeSpan.FromMinutes(8)) { ArrivalsAnHour = 20 }],
            Pace = new WardPace { Profile = [Hours(7.5, 9, 2), Hours(9, 11.5, 0.5), Hours(13.5, 17, 1)] },
        };
        var days = Enumerable.Range(0, 200).SelectMany(day => Arrivals.Of(ward, Seed, day)).ToList();
        AssertCame(2 * 1.5, 7.5, 9);
        AssertCame(0.5 * 2.5, 9, 11.5);
        AssertCame(0, 11.5, 13.5);
        AssertCame(3.5, 13.5, 17);
        Assert.All(days, one => Assert.InRange(one.At.TotalHours, 7.5, 17));
        Assert.NotEqual(Arrivals.Of(ward, Seed, 1), Arrivals.Of(ward, Seed, 2));

        // Four standard deviations of a Poisson count.
        void AssertCame(double weighed, double from, double to)
        {
            foreach (var service in ward.Services)
            {
                var expected = 200 * weighed * service.ArrivalsAnHour!.Value;
                var came = days.Count(one => one.Service == service.Code && one.At.TotalHours >= from && one.At.TotalHours < to);
                Assert.InRange(came, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
            }
        }
    }

    [Fact]
    public void Some_have_a_second_errand_at_another_service()
    {
        var all = Arrivals.Of(Busy, Seed).Take(4000).ToList();
        Assert.InRange(all.Count(one => one.Then is not null) / 4000.0, 0.04, 0.06);
        Assert.All(all, one => Assert.True(one.Then != one.Service && one.Then != "XX", $"{one.Service}, then {one.Then}"));
    }

    [Fact]
    public void Service_times_keep_to_what_the_hall_expects()
    {
        var times = Visits(1, Seed).Skip(1).Select(one => one.Visit.Service.TotalMinutes).ToList();
        Assert.InRange(times.Average(), 7.6, 8.4);
        Assert.All(times, one => Assert.InRange(one, 0.25, 40));
    }

    [Fact]
    public void The_first_at_a_desk_is_done_within_a_minute() =>
        Assert.All(Enumerable.Range(0, 50), seed => Assert.InRange(Visits(1, seed, 1)[0].Visit.Service, TimeSpan.Zero, TimeSpan.FromMinutes(1)));

    [Fact]
    public void People_behave_as_the_pace_says()
    {
        var visits = Visits(1, Seed);
        Assert.InRange(visits.Count(one => !one.Visit.Comes) / (double)visits.Count, 0.03, 0.05);
        var kept = visits.Where(one => one.Visit.TransferTo is null).ToList();
        Assert.InRange(kept.Count(one => one.Opinion is not null) / (double)kept.Count, 0.67, 0.73);
        var opinions = kept.Where(one => one.Opinion is not null).Select(one => one.Opinion!).ToList();
        Assert.All(Enumerable.Range(1, 5), level => Assert.Contains(opinions, one => one.Level == level));
        Assert.InRange(opinions.Count(one => one.Level >= 4) / (double)opinions.Count, 0.6, 0.98);
        Assert.All(opinions.Where(one => one.Reason is not null), one => Assert.InRange(one.Level, 1, 2));
        Assert.All(visits.Where(one => one.Visit.TransferTo is not null), one => Assert.Null(one.Opinion));
    }

    [Fact]
    public void Neighbouring_desks_meet_different_first_citizens()
    {
        var alike = Enumerable.Range(0, 500).Count(seed => Visits(1, seed, 1)[0].Opinion is null == Visits(2, seed, 1)[0].Opinion is null);
        Assert.InRange(alike, 230, 350);
    }

    [Fact]
    public void A_transfer_goes_only_to_what_other_counters_serve() =>
        Assert.Equal(["DD"], Visits(1, Seed).Select(one => one.Visit.TransferTo).OfType<string>().Distinct());

    [Fact]
    public void A_long_wait_costs_goodwill() =>
        Assert.True(Average(TimeSpan.FromMinutes(40)) < Average(TimeSpan.Zero) - 0.3, $"{Average(TimeSpan.FromMinutes(40))} after 40 minutes, {Average(TimeSpan.Zero)} at once.");

    private static Stretch Hours(double from, double to, double weight) => new(TimeSpan.FromHours(from), TimeSpan.FromHours(to), weight);

    private static double Average(TimeSpan waited) =>
        Visits(1, Seed, waited: waited).Where(one => one.Opinion is not null).Average(one => one.Opinion!.Level);

    private static List<(Visit Visit, Opinion? Opinion)> Visits(int counter, int seed, int count = 4000, TimeSpan waited = default)
    {
        var desk = new SimulatedCounter(Busy, Busy.Counters[counter - 1], seed);
        var service = Busy.Counters[counter - 1].Services[0];
        return [.. Enumerable.Range(0, count).Select(_ => desk.Next(service, waited))];
    }
}
