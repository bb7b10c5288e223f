using Reception.Hub.Ratings;
using Xunit;

namespace Reception.Unit.Tests.Ratings;

/// <summary>When a reported event happened: the device's monotonic clock first, its corrected clock next, and else it is unknown.</summary>
public sealed class ReportTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, -90)]
    [InlineData(31 * 86400.0, -31 * 86400.0)]
    public void The_age_that_the_device_measured_decides_whatever_its_clock_says(double age, double expected)
    {
        foreach (var clock in (DateTimeOffset[])[Now, DateTimeOffset.UnixEpoch, DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
        {
            var time = ReportTime.Of(clock, TimeSpan.FromSeconds(age), Now, Known(error: TimeSpan.FromDays(400)));
            Assert.Equal((Now.AddSeconds(expected), true), (time.At, time.IsKnown));
        }
    }

    [Theory]
    [InlineData(-20 * 60, 30)]
    [InlineData(20 * 60, 30)]
    [InlineData(56 * 365 * 86400.0, 3)]
    public void Without_an_age_the_clocks_error_is_taken_off(double errorSeconds, double age)
    {
        var error = TimeSpan.FromSeconds(errorSeconds);
        var time = ReportTime.Of(Now.AddSeconds(-age) - error, null, Now, Known(error));

        Assert.Equal((Now.AddSeconds(-age), true), (time.At, time.IsKnown));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-20, -20)]
    [InlineData(3600, 0)]
    public void A_clock_that_no_presence_has_shown_is_taken_as_right_and_never_ahead(double seconds, double expected)
    {
        var time = ReportTime.Of(Now.AddSeconds(seconds), null, Now, Known(error: null));

        Assert.Equal((Now.AddSeconds(expected), true), (time.At, time.IsKnown));
    }

    [Fact]
    public void What_happened_before_the_devices_last_start_has_no_known_time()
    {
        var clock = Known(TimeSpan.FromSeconds(10)) with { StartedAt = Now.AddMinutes(-1) };

        Assert.True(ReportTime.Of(Now.AddSeconds(-69), null, Now, clock).IsKnown);
        Assert.False(ReportTime.Of(Now.AddSeconds(-71), null, Now, clock).IsKnown);
        Assert.True(ReportTime.Of(Now.AddSeconds(-71), TimeSpan.FromSeconds(61), Now, clock).IsKnown);
    }

    [Fact]
    public void An_instant_after_the_arrival_is_the_arrival_and_one_of_long_ago_is_unknown()
    {
        Assert.Equal((Now, true), At(ReportTime.Of(Now.AddHours(1), null, Now, Known(TimeSpan.Zero))));
        Assert.Equal((Now, false), At(ReportTime.Of(Now, TimeSpan.FromDays(33), Now, Known(TimeSpan.Zero))));
        Assert.Equal((Now, false), At(ReportTime.Of(Now.AddDays(-33), null, Now, Known(TimeSpan.Zero))));
        Assert.Equal((Now, false), At(ReportTime.Of(DateTimeOffset.MaxValue, null, Now, Known(TimeSpan.FromDays(2000 * 365.0)))));

        static (DateTimeOffset, bool) At(ReportTime time) => (time.At, time.IsKnown);
    }

    [Theory]
    [InlineData(30, 3600, false)]
    [InlineData(30.001, 3600, true)]
    [InlineData(600, 599.9, false)]
    [InlineData(600, 600, true)]
    public void A_report_is_late_after_30_seconds_unless_the_device_could_not_reach_the_hub(double age, double reachableFor, bool isLate) =>
        Assert.Equal(isLate, ReportTime.Of(Now, TimeSpan.FromSeconds(age), Now, Known(null) with { ReachableSince = Now.AddSeconds(-reachableFor) }).IsLate);

    private static DeviceClock Known(TimeSpan? error) => new(error, StartedAt: null, ReachableSince: Now.AddHours(-1));
}
