using Reception.Hub.Metrics.Export;

namespace Reception.Unit.Tests.Metrics;

/// <summary>Within how long a share of the measurements was done, as the page says it.</summary>
public sealed class SpreadTests
{
    [Theory]
    [InlineData(0.5, 0.01)]
    [InlineData(0.9, 0.01)]
    [InlineData(0.95, 0.1)]
    [InlineData(0.99, 0.1)]
    [InlineData(1, double.PositiveInfinity)]
    public void A_share_is_within_the_bound_of_its_bucket(double share, double bound) =>
        Assert.Equal(bound, new Spread([(0.001, 0), (0.01, 900), (0.1, 99), (double.PositiveInfinity, 1)]).Within(share));

    [Fact]
    public void Without_a_measurement_there_is_no_bound() => Assert.Null(new Spread([(0.001, 0), (double.PositiveInfinity, 0)]).Within(0.95));
}
