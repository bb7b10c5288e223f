using Reception.Hub.Ratings;
using Xunit;

namespace Reception.Unit.Tests.Ratings;

/// <summary>The rule alone, over stays at one counter, newest first; instants in milliseconds.</summary>
public sealed class AttributionTests
{
    [Theory]
    [InlineData(999, null)]
    [InlineData(1_000, 1)]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 1)]
    [InlineData(70_000, 1)]
    [InlineData(70_001, null)]
    public void A_served_stay_takes_presses_from_its_start_to_60_seconds_after_its_end(long at, int? stay) =>
        Assert.Equal(stay, (int?)Attribution.OfPress([Served(1, 1_000, 10_000)], at)?.Id);

    [Theory]
    [InlineData(19_999, 1)]
    [InlineData(20_000, 2)]
    [InlineData(30_000, 2)]
    public void The_next_start_ends_it(long at, int? stay) =>
        Assert.Equal(stay, (int?)Attribution.OfPress([Open(2, 20_000), Served(1, 1_000, 10_000)], at)?.Id);

    [Fact]
    public void A_stay_that_was_never_started_takes_none_and_hides_none()
    {
        var noShow = new Stay(2, 20261123, new byte[16], 1, "cb01", "HT", null, 20_000, "no-show");
        Assert.Equal(1, Attribution.OfPress([noShow, Served(1, 1_000, 10_000)], 21_000)?.Id);
    }

    [Theory]
    [InlineData("held")]
    [InlineData("transferred")]
    [InlineData("errand")]
    public void A_stay_that_ended_otherwise_takes_presses_until_its_end_only(string ending)
    {
        var stay = new Stay(1, 20261123, new byte[16], 1, "cb01", "HT", 1_000, 10_000, ending);
        Assert.NotNull(Attribution.OfPress([stay], 9_999));
        Assert.Null(Attribution.OfPress([stay], 10_000));
    }

    private static Stay Served(long id, long started, long ended) => new(id, 20261123, new byte[16], 1, "cb01", "HT", started, ended, "served");

    private static Stay Open(long id, long started) => new(id, 20261123, new byte[16], 1, "cb01", "HT", started, null, null);
}
