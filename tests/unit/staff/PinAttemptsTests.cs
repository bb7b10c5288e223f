using Reception.Hub.Staff;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Staff;

public sealed class PinAttemptsTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly PinAttempts _attempts;

    public PinAttemptsTests() => _attempts = new PinAttempts(_clock);

    [Fact]
    public void After_five_failures_the_pair_waits_30_seconds_and_others_do_not()
    {
        Fail("cb01", "1.1.1.1", 5);

        Assert.False(_attempts.TryBegin("cb01", "1.1.1.1"));
        Assert.True(_attempts.TryBegin("cb02", "1.1.1.1"));
        Assert.True(_attempts.TryBegin("cb01", "2.2.2.2"));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(_attempts.TryBegin("cb01", "1.1.1.1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_attempts.TryBegin("cb01", "1.1.1.1"));
        Assert.False(_attempts.TryBegin("cb01", "1.1.1.1"));
    }

    [Fact]
    public void A_right_PIN_begins_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail("cb01", "1.1.1.1", 4);
            Assert.True(_attempts.TryBegin("cb01", "1.1.1.1"));
            _attempts.Succeeded("cb01", "1.1.1.1");
            _clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    [Fact]
    public void Failures_older_than_5_minutes_are_forgotten()
    {
        Fail("cb01", "1.1.1.1", 4);
        _clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Fail("cb01", "1.1.1.1", 4);
        Assert.True(_attempts.TryBegin("cb01", "1.1.1.1"));
    }

    [Fact]
    public void Fifty_failures_an_hour_from_anywhere_slow_the_account_down()
    {
        for (var address = 0; address < 50; address++)
        {
            Assert.True(_attempts.TryBegin("cb01", $"10.0.0.{address}"));
        }

        Assert.False(_attempts.TryBegin("cb01", "10.9.9.9"));
        Assert.True(_attempts.TryBegin("cb02", "10.9.9.9"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_attempts.TryBegin("cb01", "10.9.9.9"));
        Assert.False(_attempts.TryBegin("cb01", "10.9.9.8"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.True(_attempts.TryBegin("cb01", "10.9.9.8"));
    }

    private void Fail(string account, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.True(_attempts.TryBegin(account, address));
        }
    }
}
