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

        Assert.Equal((5, 4), (empty.Counter, empty.Presses));
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

    public void Dispose() => _tables.Dispose();

    private IReadOnlyList<UnusualPattern> Read(params OfficerFigures[] officers) =>
        UnusualPatterns.Read(_tables.Connection, November, officers, Zone);

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
