using Reception.Hub.Broker;
using Reception.Hub.Devices;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Devices;

public sealed class DeviceHealthTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly DeviceHealth _health;
    private readonly Guid _session = Guid.CreateVersion7();

    public DeviceHealthTests() => _health = new DeviceHealth(_clock);

    private bool Online => _health.IsOnline(_health.Of("rater-1"));

    [Fact]
    public void A_device_is_away_after_30_seconds_without_presence_or_report()
    {
        Present();
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.True(Online);
        _health.Reported("rater-1", 1);
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.True(Online);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(Online);
    }

    [Fact]
    public void The_wall_clock_decides_nothing()
    {
        Present();
        _clock.SetWallClock(_clock.GetUtcNow().AddHours(3));
        Assert.True(Online);
    }

    [Fact]
    public void The_death_of_an_older_session_is_ignored_and_that_of_the_present_one_counts()
    {
        Present();
        Present(Presence(online: false, session: Guid.CreateVersion7()));
        Assert.True(Online);
        Present(Presence(online: false));
        Assert.False(Online);
        Assert.True(Present());
        Assert.True(Online);
    }

    [Fact]
    public void A_device_comes_online_once_a_session_and_again_after_a_silence()
    {
        Assert.True(Present());
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.False(Present());
        _clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True(Present());
        Assert.True(Present(Presence(session: Guid.CreateVersion7())));
    }

    [Fact]
    public void Gaps_repeats_and_steps_back_of_the_sequence_are_counted()
    {
        foreach (var sequence in new long[] { 5, 6, 7, 7, 9, 2, 3 })
        {
            _health.Reported("rater-1", sequence);
        }

        Assert.Equal(3, _health.Of("rater-1").SequenceFaults);
    }

    [Fact]
    public void A_bad_message_is_counted_and_to_be_logged_once_a_minute()
    {
        Assert.True(_health.Add("rater-1"));
        Assert.False(_health.Add("rater-1"));
        Assert.True(_health.Add("rater-2"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_health.Add("rater-1"));
        Assert.Equal(3, _health.Of("rater-1").BadMessages);
    }

    private bool Present() => Present(Presence());

    private bool Present(Presence presence) =>
        _health.Present(new DeviceMessage("rater-1", IsPresence: true, default, ConnectedAt: 0, _clock.GetTimestamp()), presence).IsNew;

    private Presence Presence(bool online = true, Guid? session = null) =>
        new() { Online = online, Kind = DeviceKinds.Rater, Session = session ?? _session, Counter = 1 };
}
