using Reception.Hub.Broker;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Broker;

public sealed class FloodWatchTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly FloodWatch _flood;

    public FloodWatchTests() => _flood = new FloodWatch(_clock);

    [Fact]
    public void A_flood_is_ten_seconds_of_waits_without_a_pause_and_is_shown_for_a_minute()
    {
        Assert.Equal(0, Wait(TimeSpan.FromSeconds(9.9)));
        Assert.Null(_flood.At);
        Assert.Equal(1, Wait(TimeSpan.FromSeconds(20)));
        Assert.NotNull(_flood.At);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(_flood.At);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_flood.At);
    }

    [Fact]
    public void What_a_device_kept_while_the_hub_was_away_is_no_flood()
    {
        for (var outage = 0; outage < 10; outage++)
        {
            Assert.Equal(0, Wait(TimeSpan.FromSeconds(9)));
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Null(_flood.At);
    }

    /// <summary>Keeps the device waiting ten times a second; gives how many floods began.</summary>
    private int Wait(TimeSpan length)
    {
        var begun = 0;
        for (var waited = TimeSpan.Zero; waited < length; waited += TimeSpan.FromSeconds(0.1))
        {
            begun += _flood.Add() ? 1 : 0;
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }

        return begun;
    }
}
