using Reception.Device.Session;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Device;

public sealed class HubWatchTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_hub_is_away_until_it_is_heard_and_again_after_thirty_silent_seconds()
    {
        var watch = new HubWatch(_clock);
        Assert.True(watch.IsAway);
        watch.See(Hall(_clock.GetUtcNow()), retained: false);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(watch.IsAway);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(watch.IsAway);
    }

    [Fact]
    public void A_hall_kept_by_the_broker_counts_for_what_is_left_of_its_thirty_seconds()
    {
        var watch = new HubWatch(_clock);
        watch.See(Hall(_clock.GetUtcNow() - TimeSpan.FromMinutes(2)), retained: true);
        Assert.True(watch.IsAway);
        watch.See(Hall(_clock.GetUtcNow() - TimeSpan.FromSeconds(10)), retained: true);
        Assert.False(watch.IsAway);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(watch.IsAway);
    }

    [Fact]
    public void A_wall_clock_that_jumps_neither_brings_nor_takes_the_hub()
    {
        var watch = new HubWatch(_clock);
        watch.See(Hall(_clock.GetUtcNow()), retained: false);
        _clock.SetWallClock(_clock.GetUtcNow() + TimeSpan.FromDays(1));
        Assert.False(watch.IsAway);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _clock.SetWallClock(_clock.GetUtcNow() - TimeSpan.FromDays(1));
        Assert.True(watch.IsAway);
    }

    [Fact]
    public void Once_the_hub_has_told_its_time_a_kept_hall_is_judged_by_that()
    {
        var watch = new HubWatch(_clock);
        var hubTime = _clock.GetUtcNow();
        watch.See(Hall(hubTime), retained: false);
        _clock.SetWallClock(hubTime.AddYears(-9));
        _clock.Advance(TimeSpan.FromMinutes(5));
        watch.See(Hall(hubTime + TimeSpan.FromMinutes(1)), retained: true);
        Assert.True(watch.IsAway);
        watch.See(Hall(hubTime + TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(10)), retained: true);
        Assert.False(watch.IsAway);
    }

    private static HallDocument Hall(DateTimeOffset at) => new()
    {
        Site = new SiteDocument("H55.242", "Một cửa"),
        Day = new DateOnly(2026, 11, 23),
        At = at,
        Version = 1,
        Services = [],
        Counters = [],
        Calls = [],
    };
}
