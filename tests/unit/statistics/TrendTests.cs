using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class TrendTests : IDisposable
{
    private readonly ReadTables _tables = new();

    [Fact]
    public void The_week_that_is_not_over_stands_apart()
    {
        _tables.Officer(20260906, "cb01", [9, 0, 0, 0, 0]);
        _tables.Officer(20260907, "cb01", [1, 0, 0, 0, 9]);
        _tables.Officer(20261122, "cb01", [0, 0, 0, 2, 8]);
        _tables.Officer(20261122, "cb02", [1, 0, 0, 0, 0]);
        _tables.Officer(20261123, "cb01", [5, 0, 0, 0, 0]);

        var trend = WeeklyTrend.Read(_tables.Connection, new DateOnly(2026, 11, 23));

        Assert.Equal(11, trend.Whole.Count);
        Assert.Equal(new Week(new DateOnly(2026, 9, 7), new LevelCounts(1, 0, 0, 0, 9)), trend.Whole[0]);
        Assert.Equal(new Week(new DateOnly(2026, 11, 16), new LevelCounts(1, 0, 0, 2, 8)), trend.Whole[^1]);
        Assert.Equal(new Week(new DateOnly(2026, 11, 23), new LevelCounts(5, 0, 0, 0, 0)), trend.Unfinished);
        Assert.Equal((new LevelCounts(1, 0, 0, 0, 9), new LevelCounts(1, 0, 0, 2, 8)), trend.Change);
    }

    [Fact]
    public void Without_ratings_there_is_no_change_to_speak_of() =>
        Assert.Null(WeeklyTrend.Read(_tables.Connection, new DateOnly(2026, 11, 22)).Change);

    [Fact]
    public void Services_with_the_largest_share_of_levels_1_and_2_come_first()
    {
        _tables.ServiceHour(20261123, "HT", 8, [0, 1, 0, 9, 10], served: 25);
        _tables.ServiceHour(20261123, "HT", 9, [0, 0, 0, 0, 20], served: 25);
        _tables.ServiceHour(20261123, "DD", 9, [2, 0, 0, 0, 8], served: 12);
        _tables.ServiceHour(20261123, "CU", 9, [0, 0, 0, 0, 0], served: 3);

        var services = ServiceShares.Of(ServiceHour.Read(_tables.Connection, new DayRange(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30))));

        Assert.Equal([("DD", 2, 10), ("HT", 1, 40), ("CU", 0, 0)], services.Select(service => (service.Service, service.Tally.Levels.Dissatisfied, service.Tally.Levels.Rated)));
    }

    [Fact]
    public void Hours_are_those_in_which_something_happened()
    {
        _tables.ServiceHour(20261122, "HT", 8, [0, 1, 0, 0, 1], served: 2, wait: 600);
        _tables.ServiceHour(20261123, "DD", 8, [0, 0, 0, 0, 1], served: 2, wait: 200);
        _tables.ServiceHour(20261123, "DD", 13, [0, 0, 0, 0, 0]);

        var hour = Assert.Single(HourFigures.Of(ServiceHour.Read(_tables.Connection, new DayRange(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)))));

        Assert.Equal((8, 4, 200, 1), (hour.Hour, hour.Tally.Served, hour.Tally.AverageWaitSeconds, hour.Tally.Levels.Dissatisfied));
    }

    [Fact]
    public void Ratings_without_a_reason_are_kept_apart_and_other_reasons_come_last()
    {
        _tables.Reason(20261122, "other", 9);
        _tables.Reason(20261122, "wait", 2);
        _tables.Reason(20261123, "wait", 1, "DD");
        _tables.Reason(20261123, "papers", 5);
        _tables.Reason(20261123, "", 18);

        var reasons = DissatisfactionReasons.Read(_tables.Connection, new DayRange(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30)));

        Assert.Equal(["papers 5", "wait 3", "attitude 0", "guidance 0", "visits 0", "other 9"], reasons.Given.Select(reason => $"{reason.Reason} {reason.Ratings}"));
        Assert.Equal((18, 35), (reasons.Silent, reasons.Ratings));
    }

    public void Dispose() => _tables.Dispose();
}
