using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class WilsonTests
{
    [Theory]
    [InlineData(26, 29, 0.736, 0.964)]
    [InlineData(0, 10, 0.000, 0.278)]
    [InlineData(10, 10, 0.722, 1.000)]
    [InlineData(1, 1, 0.207, 1.000)]
    [InlineData(339, 352, 0.938, 0.978)]
    public void The_interval_is_that_of_the_textbook(long hits, long all, double lower, double upper)
    {
        var interval = Wilson.Of(hits, all)!.Value;
        Assert.Equal(lower, interval.Lower, 0.0006);
        Assert.Equal(upper, interval.Upper, 0.0006);
    }

    [Fact]
    public void Where_nothing_was_rated_there_is_no_interval() => Assert.Null(Wilson.Of(0, 0));

    [Fact]
    public void The_interval_holds_the_share_and_narrows_with_more_presses()
    {
        for (var all = 1; all <= 200; all++)
        {
            for (var hits = 0; hits <= all; hits++)
            {
                var interval = Wilson.Of(hits, all)!.Value;
                Assert.InRange((double)hits / all, interval.Lower - 1e-9, interval.Upper + 1e-9);
                var tenfold = Wilson.Of(hits * 10, all * 10)!.Value;
                Assert.True(tenfold.Upper - tenfold.Lower < interval.Upper - interval.Lower);
            }
        }
    }
}
