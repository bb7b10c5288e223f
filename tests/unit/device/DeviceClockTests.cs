using Reception.Device.Reporting;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Device;

/// <summary>How long ago a moment was is decided by the monotonic clock within one boot of the machine.</summary>
public sealed class DeviceClockTests
{
    private static readonly Guid Boot = Guid.NewGuid();

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly DeviceClock _clock;

    public DeviceClockTests() => _clock = new DeviceClock(_time, Boot);

    [Fact]
    public void The_age_grows_with_the_monotonic_clock_whatever_the_wall_clock_does()
    {
        var moment = _clock.Now();
        _time.SetWallClock(_time.GetUtcNow().AddYears(-9));
        _time.Advance(TimeSpan.FromSeconds(7));
        _time.SetWallClock(_time.GetUtcNow().AddYears(40));
        Assert.Equal(7000, _clock.AgeMs(moment));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero), moment.At);
    }

    [Fact]
    public void A_moment_some_time_ago_is_that_much_older_even_before_the_machines_start()
    {
        var moment = _clock.Ago(TimeSpan.FromDays(20));
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal((20 * 24 * 3600 * 1000) + 5, _clock.AgeMs(moment));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromDays(20) - TimeSpan.FromMilliseconds(5), moment.At);
    }

    [Fact]
    public void Another_program_of_the_same_boot_knows_the_age_and_one_after_a_restart_of_the_machine_does_not()
    {
        _time.Advance(TimeSpan.FromHours(1));
        var moment = _clock.Now();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3000, new DeviceClock(_time, Boot).AgeMs(moment));
        Assert.Null(new DeviceClock(_time, Guid.NewGuid()).AgeMs(moment));
    }

    [Fact]
    public void An_age_that_is_unknown_negative_or_absurd_is_never_told()
    {
        Assert.Equal(0, _clock.AgeMs(_clock.Ago(TimeSpan.FromSeconds(-5))));
        Assert.Null(_clock.AgeMs(_clock.Unknown()));
        Assert.Null(_clock.AgeMs(_clock.Now() with { Monotonic = 1 }));
        Assert.Null(_clock.AgeMs(_clock.Now() with { Monotonic = long.MinValue + 1 }));
        Assert.Null(_clock.AgeMs(_clock.Now() with { Monotonic = long.MaxValue }));
    }

    [Fact]
    public void Linux_names_its_boot_and_has_a_clock_that_counts_from_the_machines_start()
    {
        var moment = DeviceClock.OfThisMachine(TimeProvider.System).Now();
        Assert.Equal(moment.Boot, DeviceClock.OfThisMachine(TimeProvider.System).Now().Boot);
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        // A machine that slept has a longer uptime.
        Assert.InRange(moment.Monotonic!.Value / 1000.0, 0.001, uptime + 1);
    }
}
