using System.Text;
using Xunit;

namespace Reception.Unit.Tests.Province;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_is_fetched_once_and_again_before_it_ends()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.UseToken();
        hall.Province.TokenSeconds = 600;
        await hall.StartAsync();

        hall.Commit(1);
        Assert.Equal("Bearer token-1", (await hall.Province.NextAsync()).Authorization);
        await hall.DrainedAsync();
        hall.Clock.Advance(TimeSpan.FromSeconds(530));
        hall.Commit(1);
        Assert.Equal("Bearer token-1", (await hall.Province.NextAsync()).Authorization);
        await hall.DrainedAsync();
        hall.Clock.Advance(TimeSpan.FromSeconds(11));
        hall.Commit(1);
        Assert.Equal("Bearer token-2", (await hall.Province.NextAsync()).Authorization);
        await hall.DrainedAsync();
        Assert.Equal(2, hall.Province.TokensGiven);
    }

    [Fact]
    public async Task A_401_fetches_a_new_token_once_and_sends_the_same_batch()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.UseToken();
        hall.Province.TokenSeconds = null;
        hall.Province.Answers(401);
        hall.Commit(2);
        await hall.StartAsync();

        var first = await hall.Province.NextAsync();
        var second = await hall.Province.NextAsync();

        Assert.Equal(("Bearer token-1", "Bearer token-2"), (first.Authorization, second.Authorization));
        Assert.Equal(first.Key, second.Key);
        Assert.Equal(first.Body, second.Body);
        Assert.Null((await hall.DrainedAsync()).Alarm);
    }

    [Fact]
    public async Task A_second_401_raises_an_alarm_and_waits()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.UseToken();
        hall.Province.Answers(401, 401);
        hall.Commit(1);
        await hall.StartAsync();
        await hall.Province.NextAsync();
        await hall.Province.NextAsync();

        await hall.Clock.PassAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        Assert.Equal("Bearer token-2", (await hall.Province.NextAsync()).Authorization);
        Assert.Null((await hall.DrainedAsync()).Alarm);
        Assert.Equal(2, hall.Province.TokensGiven);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(500, false)]
    [InlineData(429, false)]
    public async Task A_token_address_that_gives_none_parks_nothing_and_is_asked_again(int status, bool alarm)
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.UseToken();
        hall.Province.TokenStatus = status;
        hall.Commit(3);
        await hall.StartAsync();

        var wait = await hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
        var now = hall.Forwarder.Status();
        Assert.Equal((alarm, 0, 0), (now.Alarm is not null, now.Parked, (int)now.Cursor));
        Assert.StartsWith("the token address answered", now.Trouble, StringComparison.Ordinal);
        Assert.False(hall.Province.HasMore);

        hall.Province.TokenStatus = 200;
        hall.Clock.Advance(wait);
        Assert.Equal([1L, 2L, 3L], (await hall.Province.NextAsync()).Sequences);
        Assert.Null((await hall.DrainedAsync()).Alarm);
    }

    [Fact]
    public async Task The_client_speaks_for_itself_in_a_form()
    {
        await using var hall = await ForwardedHall.OpenAsync();
        hall.UseToken();
        await hall.StartAsync();
        hall.Commit(1);
        await hall.Province.NextAsync();

        var asked = Assert.Single(hall.Province.TokenRequests);
        Assert.Equal("application/x-www-form-urlencoded", asked.ContentType);
        Assert.Equal("grant_type=client_credentials&client_id=ward-1&client_secret=s3cret", Encoding.UTF8.GetString(asked.Body));
    }
}
