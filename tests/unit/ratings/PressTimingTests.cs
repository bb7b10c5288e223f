using Reception.Hall;
using Reception.Hub.Statistics;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Ratings;

/// <summary>When presses came is rolled up with each press and each finish, and what is odd about them is found with its rows.</summary>
public sealed class PressTimingTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    private readonly WritingHall _hall = new();

    public PressTimingTests() => _hall.SignIn(1, WritingHall.Anh);

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void Seven_presses_right_after_each_start_are_pointed_out_with_their_rows()
    {
        for (var visit = 0; visit < 7; visit++)
        {
            Visit(5, afterStart: 0.2);
        }

        Visit(4, afterFinish: 8);

        var start = Assert.IsType<PressesAfterStart>(Assert.Single(Patterns()));
        Assert.Equal((Day, 1, WritingHall.Anh, 7, 7 / 8.0), (start.Day, start.Counter, start.Officer, start.Presses, start.HallShare));
        var rows = RatingsPage.Read(_hall.Connection, start.Rows, TimeZoneInfo.Utc).Ratings;
        Assert.Equal(Enumerable.Repeat(5, 7), rows.Select(rating => rating.Level));
    }

    [Fact]
    public void A_burst_is_as_long_as_its_presses_follow_each_other()
    {
        foreach (var delay in (double[])[1, 2, 8, 0.5, 3, 2, 3.1, 1])
        {
            Visit(5, afterFinish: delay);
        }

        Assert.Equal("8 0 0 6 3", Cells());
    }

    [Fact]
    public void A_press_before_the_finish_stays_one_and_a_finish_that_is_undone_makes_one()
    {
        Visit(3, afterStart: 20);
        Assert.Equal("1 1 0 0 0", Cells());
        Visit(5, afterFinish: 1);
        Assert.Equal("2 1 0 1 1", Cells());

        _hall.Must(new UndoEnding(1, WritingHall.Anh));
        Assert.Equal("2 2 0 0 0", Cells());
        _hall.Pass(30);
        _hall.Finish();
        Assert.Equal("2 2 0 0 0", Cells());
    }

    private IReadOnlyList<UnusualPattern> Patterns() => UnusualPatterns.Read(_hall.Connection, new DayRange(Day, Day), [], TimeZoneInfo.Utc);

    private string Cells() => _hall.Row("SELECT rated, before_finish, after_start, after_finish, longest_burst FROM press_day");

    /// <summary>A visit of two minutes that is rated so many seconds after its start or its finish.</summary>
    private void Visit(int level, double? afterStart = null, double afterFinish = 0)
    {
        _hall.Serve();
        _hall.Pass(afterStart ?? 0);
        if (afterStart is not null)
        {
            Assert.True(_hall.Press(level).Attributed);
        }

        _hall.Pass(120);
        _hall.Finish();
        _hall.Pass(afterFinish);
        if (afterStart is null)
        {
            Assert.True(_hall.Press(level).Attributed);
        }

        _hall.Pass(10);
    }
}
