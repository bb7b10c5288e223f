using System.Globalization;
using System.Text.Json;
using Reception.Hub.Statistics;
using Reception.Protocol;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class OfficerStatisticsTests(ITestOutputHelper output) : IDisposable
{
    private readonly ReadTables _tables = new();

    [Fact]
    public void The_row_of_the_wire_contracts_is_written_as_they_write_it()
    {
        _tables.Officer(20261123, "cb01", [0, 1, 2, 9, 17], served: 41, wait: 41 * 733, service: 41 * 412, unattributed: 1);

        var row = OfficerRowDocument.Of(Assert.Single(Read("2026-11-01", "2026-11-30")), "Cán bộ 1");

        Assert.Equal(
            """{"officer":{"code":"cb01","name":"Cán bộ 1"},"served":41,"rated":29,"levels":{"1":0,"2":1,"3":2,"4":9,"5":17}"""
            + ""","satisfiedShare":0.897,"satisfiedLowerBound":0.736,"responseRate":0.707,"averageLevel":4.45,"averageServiceSeconds":412"""
            + ""","averageWaitSeconds":733,"unattributed":1}""",
            JsonSerializer.Serialize(row, ProtocolJson.Options));
    }

    [Fact]
    public void An_officer_with_duty_alone_has_a_row_of_zeros_and_nulls()
    {
        _tables.Duty(20261123, "cb02", 2);

        var row = OfficerRowDocument.Of(Assert.Single(Read("2026-11-23", "2026-11-23")), "Cán bộ 2");

        Assert.Equal((0, 0), (row.Served, row.Rated));
        Assert.Equal(
            [null, null, null, null, null, null],
            [row.SatisfiedShare, row.SatisfiedLowerBound, row.ResponseRate, row.AverageLevel, row.AverageServiceSeconds, (double?)row.AverageWaitSeconds]);
    }

    [Fact]
    public void Days_outside_the_range_do_not_count_and_both_ends_do()
    {
        _tables.Officer(20261031, "cb01", [1, 0, 0, 0, 0], served: 1);
        _tables.Officer(20261101, "cb01", [0, 0, 0, 1, 0], served: 1);
        _tables.Officer(20261130, "cb01", [0, 0, 0, 0, 1], served: 1);
        _tables.Officer(20261201, "cb01", [1, 0, 0, 0, 0], served: 1);
        _tables.Duty(20261201, "cb09", 1);

        var officer = Assert.Single(Read("2026-11-01", "2026-11-30"));

        Assert.Equal(new LevelCounts(0, 0, 0, 1, 1), officer.Tally.Levels);
        Assert.Equal(2, officer.Tally.Served);
    }

    [Fact]
    public void Random_rows_add_up_to_what_a_naive_count_says()
    {
        const int Seed = 20261123;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var first = new DateOnly(2026, 1, 1);
        var rows = new List<(DateOnly Day, string Officer, int[] Levels, int Served, int Wait, int Service, int Unattributed)>();
        foreach (var day in Enumerable.Range(0, 60).Select(first.AddDays))
        {
            foreach (var officer in Enumerable.Range(1, 8).Where(_ => random.Next(3) > 0))
            {
                var levels = Enumerable.Range(0, 5).Select(_ => random.Next(4)).ToArray();
                var served = levels.Sum() + random.Next(5);
                var row = (day, $"cb{officer:00}", levels, served, random.Next(5000), random.Next(5000), random.Next(2));
                rows.Add(row);
                _tables.Officer((int)Days.Key(day), row.Item2, levels, served, row.Item5, row.Item6, row.Item7);
            }
        }

        for (var round = 0; round < 40; round++)
        {
            var from = first.AddDays(random.Next(60));
            var to = from.AddDays(random.Next(30));
            var expected = rows.Where(row => row.Day >= from && row.Day <= to).GroupBy(row => row.Officer).OrderBy(group => group.Key, StringComparer.Ordinal);
            var actual = OfficerStatistics.Read(_tables.Connection, new DayRange(from, to)).Select(figures => OfficerRowDocument.Of(figures, ""));
            Assert.Equal(
                expected.Select(group => Naive(group.Key, [.. group.Select(row => row.Levels)], group.Sum(row => row.Served), group.Sum(row => row.Wait), group.Sum(row => row.Service), group.Sum(row => row.Unattributed))),
                actual.Select(row => string.Create(CultureInfo.InvariantCulture,
                    $"{row.Officer.Code} {row.Served} {row.Rated} {row.SatisfiedShare} {row.ResponseRate} {row.AverageLevel} {row.AverageWaitSeconds} {row.AverageServiceSeconds} {row.Unattributed}")));
        }
    }

    [Theory]
    [InlineData("2026-11-01", "2026-11-30", true)]
    [InlineData("2026-11-01", "2026-11-01", true)]
    [InlineData("2025-01-01", "2026-02-04", true)]
    [InlineData("2025-01-01", "2026-02-05", false)]
    [InlineData("2026-11-02", "2026-11-01", false)]
    [InlineData("2026-11-1", "2026-11-30", false)]
    [InlineData("2026-02-30", "2026-03-01", false)]
    [InlineData(null, "2026-03-01", false)]
    [InlineData("2026-03-01", "", false)]
    public void A_range_is_two_days_in_order_and_at_most_400_days(string? from, string? to, bool good) =>
        Assert.Equal(good, DayRange.Read(from, to) is not null);

    public void Dispose() => _tables.Dispose();

    private IReadOnlyList<OfficerFigures> Read(string from, string to) => OfficerStatistics.Read(_tables.Connection, DayRange.Read(from, to)!);

    private static string Naive(string officer, int[][] levels, int served, int wait, int service, int unattributed)
    {
        var presses = levels.SelectMany(day => day.SelectMany((count, index) => Enumerable.Repeat(index + 1, count))).ToList();
        double? share = presses.Count == 0 ? null : Math.Round(presses.Count(level => level >= 4) / (double)presses.Count, 3, MidpointRounding.AwayFromZero);
        double? average = presses.Count == 0 ? null : Math.Round(presses.Sum() / (double)presses.Count, 2, MidpointRounding.AwayFromZero);
        double? response = served == 0 ? null : Math.Round(presses.Count / (double)served, 3, MidpointRounding.AwayFromZero);
        long? Mean(int sum) => served == 0 ? null : (long)Math.Round(sum / (double)served, MidpointRounding.AwayFromZero);
        return string.Create(CultureInfo.InvariantCulture,
            $"{officer} {served} {presses.Count} {share} {response} {average} {Mean(wait)} {Mean(service)} {unattributed}");
    }
}
