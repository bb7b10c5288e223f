using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class UnusualPatternsTests : IDisposable
{
    private const int Day = 20261118;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly DayRange November = new(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30));
    private static readonly long Start = new DateTimeOffset(2026, 11, 18, 14, 0, 0, TimeSpan.FromHours(7)).ToUnixTimeMilliseconds();

    private readonly ReadTables _tables = new();

    [Fact]
    public void Five_top_marks_within_seconds_of_each_finish_are_pointed_out()
    {
        Stays(counter: 2, [(5, 1), (5, 2), (5, 3), (5, 0), (5, 2), (5, 25), (4, 30)]);
        Stays(counter: 3, [(5, 1), (5, 2), (4, 1), (5, 2), (5, 1), (5, 20), (5, 1)]);

        var burst = Assert.IsType<TopMarkBurst>(Assert.Single(Read()));

        Assert.Equal((2, 5), (burst.Counter, burst.Presses));
        Assert.Equal((new TimeSpan(14, 1, 1), new TimeSpan(14, 5, 2)), (burst.First.TimeOfDay, burst.Last.TimeOfDay));
        AssertRows(5, burst);
    }

    [Fact]
    public void Four_top_marks_or_slow_ones_are_nothing_special()
    {
        Stays(counter: 2, [(5, 1), (5, 2), (5, 3), (5, 0), (5, 12), (5, 25), (5, 4)]);

        Assert.Empty(Read());
    }

    [Fact]
    public void Presses_while_nobody_is_served_are_pointed_out_and_others_are_not()
    {
        Press(counter: 5, 0, 30, 90, 600);
        Press(counter: 4, 0, 30, 4000);
        _tables.Stay(50, Day, 3, Start - 1000, Start + 100_000);
        Press(counter: 3, 0, 30, 60);

        var empty = Assert.IsType<EmptyCounterPresses>(Assert.Single(Read()));

        // The fourth came ten minutes after the first, but less after the third.
        Assert.Equal((5, 4, 7), (empty.Counter, empty.Presses, empty.InHall));
        AssertRows(4, empty);
    }

    [Fact]
    public void An_officer_whose_citizens_press_clearly_less_often_is_pointed_out()
    {
        OfficerFigures[] officers =
        [
            new("cb01", new Tally { Served = 400, Level5 = 300 }, 0, [1]),
            new("cb02", new Tally { Served = 300, Level5 = 180 }, 0, [2]),
            new("cb03", new Tally { Served = 20, Level5 = 2 }, 0, [3]),
            new("cb04", new Tally { Served = 200, Level5 = 130 }, 0, [4]),
        ];

        var low = Assert.IsType<LowResponse>(Assert.Single(Read(officers)));

        Assert.Equal(("cb02", 0.6), (low.Officer, low.Share));
    }

    [Fact]
    public void Presses_within_seconds_of_the_start_are_pointed_out()
    {
        for (var index = 0; index < 9; index++)
        {
            var start = Start + index * 60_000;
            _tables.Stay(2000 + index, Day, 2, start, start + 40_000);
            _tables.Rating(Day, start + (index < 7 ? 200 : 30_000), 5, 2000 + index, counter: 2);
            _tables.Stay(3000 + index, Day, 3, start, start + 40_000, "cb02");
            _tables.Rating(Day, start + (index < 4 ? 200 : 20_000), 5, 3000 + index, "cb02", 3);
        }

        var starts = Assert.IsType<PressesAfterStart>(Assert.Single(Read(), pattern => pattern is not EarlyPresses));

        Assert.Equal((2, "cb01", 7), (starts.Counter, starts.Officer, starts.Presses));
        Assert.Equal(11 / 18.0, starts.HallShare);
        AssertRows(starts.Presses, starts);
    }

    [Fact]
    public void An_officer_whose_visits_are_rated_before_the_finish_clearly_more_often_is_pointed_out()
    {
        Visits("cb01", 2, 30, early: 20);
        Visits("cb02", 3, 100, early: 20);
        Visits("cb03", 4, 29, early: 29);
        Visits("cb04", 5, 200, early: 80);

        var early = Assert.IsType<EarlyPresses>(Assert.Single(Read()));

        Assert.Equal(("cb01", 20, 30), (early.Officer, early.Presses, early.Rated));
        Assert.Equal(149 / 359.0, early.HallShare);
        AssertRows(20, early);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(30, 1)]
    public void An_officer_with_one_level_only_is_pointed_out_where_the_hall_has_others(int ratings, int found)
    {
        OfficerFigures[] officers =
        [
            new("cb01", new Tally { Served = ratings, Level5 = ratings }, 0, [1]),
            new("cb02", new Tally { Served = 100, Level4 = 40, Level5 = 60 }, 0, [2]),
        ];

        Assert.Equal(Enumerable.Repeat(("cb01", 5, (long)ratings), found), Read(officers).Cast<OneLevelOnly>().Select(one => (one.Officer, one.Level, one.Presses)));
    }

    [Fact]
    public void One_level_is_nothing_special_in_a_hall_that_nearly_always_gives_it()
    {
        OfficerFigures[] officers =
        [
            new("cb01", new Tally { Served = 40, Level5 = 40 }, 0, [1]),
            new("cb02", new Tally { Served = 100, Level4 = 3, Level5 = 97 }, 0, [2]),
        ];

        Assert.Empty(Read(officers));
    }

    [Fact]
    public void Late_presses_are_pointed_out_by_device_and_day_and_are_none_at_an_empty_counter()
    {
        foreach (var second in (int[])[0, 10, 20])
        {
            _tables.Rating(Day, Start + second * 1000, 5, counter: 2, late: true, device: "rater-2");
        }

        _tables.Rating(Day - 1, Start - 86_400_000, 1, counter: 3, late: true, device: "rater-3");

        var late = Read().Cast<LatePresses>().ToList();

        Assert.Equal([("rater-2", 3, 4), ("rater-3", 1, 4)], late.Select(press => (press.Device, press.Presses, press.InHall)));
        Assert.All(late, press => AssertRows(press.Presses, press));
    }

    [Fact]
    public void Two_sessions_of_a_device_are_pointed_out()
    {
        _tables.SecondSession(Day, "rater-2", 2, "10.0.0.9", "10.0.0.5", 2, Start, Start + 1000);
        _tables.SecondSession(Day, "rater-2", 2, "10.0.0.5", "10.0.0.9", 1, Start - 1000, Start - 1000);

        var sessions = Assert.IsType<TwoSessions>(Assert.Single(Read()));

        Assert.Equal(("rater-2", 2, 3), (sessions.Device, sessions.Counter, sessions.SignIns));
        Assert.Equal(["10.0.0.5", "10.0.0.9"], sessions.Addresses.Order());
    }

    public void Dispose() => _tables.Dispose();

    private IReadOnlyList<UnusualPattern> Read(params OfficerFigures[] officers)
    {
        _tables.RollUpPresses();
        return UnusualPatterns.Read(_tables.Connection, November, officers, Zone);
    }

    /// <summary>The link of a pattern leads to its rows and to no others.</summary>
    private void AssertRows(int expected, UnusualPattern pattern) =>
        Assert.Equal(expected, RatingsPage.Read(_tables.Connection, pattern.Rows with { Limit = 500 }, Zone).Ratings.Count);

    /// <summary>Visits of a minute, the first of them rated before the finish, the others 20 s after it.</summary>
    private void Visits(string officer, int counter, int visits, int early)
    {
        for (var index = 0; index < visits; index++)
        {
            var stay = counter * 1000 + index;
            var finish = Start + (index + 1) * 100_000;
            _tables.Stay(stay, Day, counter, finish - 60_000, finish, officer);
            _tables.Rating(Day, finish + (index < early ? -10_000 : 20_000), 1 + index % 5, stay, officer, counter);
        }
    }

    /// <summary>A stay a minute, each finished on the minute and pressed some seconds later.</summary>
    private void Stays(int counter, (int Level, int Seconds)[] presses)
    {
        for (var index = 0; index < presses.Length; index++)
        {
            var stay = counter * 1000 + index;
            var finish = Start + (index + 1) * 60_000;
            _tables.Stay(stay, Day, counter, finish - 50_000, finish);
            _tables.Rating(Day, finish + presses[index].Seconds * 1000, presses[index].Level, stay, counter: counter);
        }
    }

    private void Press(int counter, params int[] seconds)
    {
        foreach (var second in seconds)
        {
            _tables.Rating(Day, Start + second * 1000, 5, counter: counter);
        }
    }
}
