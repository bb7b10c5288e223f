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

        Assert.Equal(TimeSpan.FromSeconds(30), _attempts.TryBegin("cb01", "1.1.1.1"));
        Assert.Null(_attempts.TryBegin("cb02", "1.1.1.1"));
        Assert.Null(_attempts.TryBegin("cb01", "2.2.2.2"));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(1), _attempts.TryBegin("cb01", "1.1.1.1"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_attempts.TryBegin("cb01", "1.1.1.1"));
        Assert.NotNull(_attempts.TryBegin("cb01", "1.1.1.1"));
    }

    [Fact]
    public void A_right_PIN_begins_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail("cb01", "1.1.1.1", 4);
            Assert.Null(_attempts.TryBegin("cb01", "1.1.1.1"));
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
        Assert.Null(_attempts.TryBegin("cb01", "1.1.1.1"));
    }

    [Fact]
    public void Fifty_failures_an_hour_from_anywhere_slow_the_account_down()
    {
        for (var address = 0; address < 50; address++)
        {
            Assert.Null(_attempts.TryBegin("cb01", $"10.0.0.{address}"));
        }

        Assert.NotNull(_attempts.TryBegin("cb01", "10.9.9.9"));
        Assert.Null(_attempts.TryBegin("cb02", "10.9.9.9"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(_attempts.TryBegin("cb01", "10.9.9.9"));
        Assert.NotNull(_attempts.TryBegin("cb01", "10.9.9.8"));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(_attempts.TryBegin("cb01", "10.9.9.8"));
    }

    [Fact]
    public void Two_hundred_failures_from_one_address_slow_it_down_whatever_the_names()
    {
        for (var name = 0; name < 200; name++)
        {
            Assert.Null(_attempts.TryBegin($"name{name}", "1.1.1.1"));
        }

        Assert.NotNull(_attempts.TryBegin("cb01", "1.1.1.1"));
        Assert.Null(_attempts.TryBegin("cb01", "2.2.2.2"));
    }

    [Fact]
    public void A_browser_that_is_known_has_a_count_of_its_own()
    {
        for (var address = 0; address < 50; address++)
        {
            _attempts.TryBegin("cb01", $"10.0.0.{address}");
        }

        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Null(_attempts.TryBegin("cb01", "10.9.9.9", "a browser"));
        }

        Assert.NotNull(_attempts.TryBegin("cb01", "10.9.9.9", "a browser"));
        Assert.Null(_attempts.TryBegin("cb01", "10.9.9.9", "another browser"));
        Assert.NotNull(_attempts.TryBegin("cb01", "10.9.9.9"));
    }

    [Fact]
    public void A_try_that_was_taken_back_counts_for_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(_attempts.TryBegin("cb01", "1.1.1.1"));
            _attempts.TakeBack("cb01", "1.1.1.1");
        }
    }

    private void Fail(string account, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Null(_attempts.TryBegin(account, address));
        }
    }
}
