using System.Net;
using Reception.Hub.Options;
using Reception.Hub.Phones;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Phones;

public sealed class PhoneLimitsTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    [Fact]
    public void An_address_and_all_together_have_their_numbers_within_ten_minutes()
    {
        var limits = new PhoneLimits(new PhoneOptions { PerAddress = 2, Total = 3 }, _clock);
        limits.Reserve("a").Use();
        limits.Reserve("a").Use();
        Assert.True(IsFull(limits, "a"));
        Assert.False(IsFull(limits, "b"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        limits.Reserve("b").Use();
        Assert.True(IsFull(limits, "c"));

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(IsFull(limits, "a"));
        Assert.False(IsFull(limits, "c"));
    }

    [Fact]
    public void A_place_counts_until_it_is_given_back()
    {
        var limits = new PhoneLimits(new PhoneOptions { PerAddress = 1 }, _clock);
        var place = limits.Reserve("a");
        Assert.True(IsFull(limits, "a"));
        place.Dispose();
        Assert.False(IsFull(limits, "a"));
    }

    [Fact]
    public void Wrong_codes_make_an_address_wait_and_right_ones_do_not()
    {
        var limits = new PhoneLimits(new PhoneOptions { WrongCodes = 3 }, _clock);
        for (var right = 0; right < 10; right++)
        {
            Assert.True(limits.TryCode("a") is null);
            limits.Right("a");
        }

        Assert.True(limits.TryCode("a") is null && limits.TryCode("a") is null && limits.TryCode("a") is null);
        Assert.False(limits.TryCode("a") is null);
        Assert.True(limits.TryCode("b") is null);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(limits.TryCode("a") is null);
    }

    [Fact]
    public void A_right_code_does_not_make_an_older_wrong_one_count_for_longer()
    {
        var limits = new PhoneLimits(new PhoneOptions { WrongCodes = 2 }, _clock);
        Assert.True(limits.TryCode("a") is null);
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(limits.TryCode("a") is null);
        limits.Right("a");
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(limits.TryCode("a") is null && limits.TryCode("a") is null);
        Assert.False(limits.TryCode("a") is null);
    }

    [Fact]
    public void Zero_sets_no_limit()
    {
        var limits = new PhoneLimits(new PhoneOptions { PerAddress = 0, Total = 0, WrongCodes = 0 }, _clock);
        for (var turn = 0; turn < 1000; turn++)
        {
            limits.Reserve("a").Use();
            Assert.True(limits.TryCode("a") is null);
        }

        Assert.False(IsFull(limits, "a"));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.168.1.20", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.9", true)]
    [InlineData("172.32.0.9", false)]
    [InlineData("192.169.1.1", false)]
    [InlineData("203.113.131.1", false)]
    [InlineData("::ffff:203.113.131.1", false)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:db8::1", false)]
    public void Only_a_private_address_is_of_the_hall(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, HallNetwork.IsPrivate(IPAddress.Parse(address)));

    private static bool IsFull(PhoneLimits limits, string address)
    {
        using var place = limits.Reserve(address);
        return place.Wait is not null;
    }
}
