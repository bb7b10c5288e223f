using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

[Collection(OtherHall.Name)]
public sealed class SessionsTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task Five_wrong_PINs_slow_that_account_down_and_no_other()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("401 wrong-pin", (await Hall.Anyone.SignInAsync(place.Officer, place.Counter, "0000")).Brief);
        }

        var right = await Hall.Anyone.SignInAsync(place.Officer, place.Counter);
        Assert.Equal("429 too-many", right.Brief);
        Assert.Equal("30", right.Headers.GetValues("Retry-After").Single());
        Assert.Null(Hall.Anyone.Cookie);
        await other.SignInAsync();
    }

    [Fact]
    public async Task A_counter_is_for_officers_and_leaders_have_none()
    {
        var place = Hall.NextPlace();
        var client = Hall.Client();
        Assert.Equal("400 malformed", (await client.SignInAsync(place.Officer, null)).Brief);
        Assert.Equal("400 malformed", (await client.SignInAsync(HallPlan.Leader, place.Counter)).Brief);
        Assert.Equal("400 malformed", (await client.SignInAsync(HallPlan.Administrator, place.Counter)).Brief);
        Assert.Equal("404 unknown-counter", (await client.SignInAsync(place.Officer, 99)).Brief);
        Assert.Equal("401 wrong-pin", (await client.SignInAsync("nobody", place.Counter)).Brief);
        Assert.Equal("401 not-signed-in", (await client.DeleteAsync("/api/v1/session")).Brief);
        Assert.Equal(204, (await client.SignInAsync(HallPlan.Administrator, null)).Status);
        Assert.Equal(200, (await client.GetAsync("/api/v1/devices")).Status);
        Assert.Equal(204, (await client.DeleteAsync("/api/v1/session")).Status);
        Assert.Equal("401 not-signed-in", (await client.GetAsync("/api/v1/devices")).Brief);
    }

    [Fact]
    public async Task Two_officers_on_one_counter_and_one_officer_on_two()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        var first = await place.SignInAsync();
        await place.TakeNumberAsync();
        (await first.AtAsync(place.Counter, "call-next")).Ok();

        // With a ticket in hand nobody takes the counter, and the officer does not leave it.
        using var second = Hall.Client();
        Assert.Equal("409 counter-taken", (await second.SignInAsync(other.Officer, place.Counter)).Brief);
        Assert.Equal("409 counter-taken", (await second.SignInAsync(place.Officer, other.Counter)).Brief);
        Assert.Equal("409 not-allowed-now", (await first.DeleteAsync("/api/v1/session")).Brief);
        (await first.AtAsync(place.Counter, "finish")).Ok();

        Assert.Equal(204, (await second.SignInAsync(other.Officer, place.Counter)).Status);
        Assert.Equal("401 not-signed-in", (await first.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal(204, (await second.AtAsync(place.Counter, "call-next")).Status);

        var third = Hall.Client();
        Assert.Equal(204, (await third.SignInAsync(other.Officer, other.Counter)).Status);
        Assert.Equal("401 not-signed-in", (await second.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal(204, (await third.DeleteAsync("/api/v1/session")).Status);
        Assert.Equal("401 not-signed-in", (await third.AtAsync(other.Counter, "call-next")).Brief);
    }

    [Fact]
    public async Task The_same_officer_at_the_same_counter_has_one_duty_and_two_sessions()
    {
        var place = Hall.NextPlace();
        var first = await place.SignInAsync();
        await place.TakeNumberAsync();
        (await first.AtAsync(place.Counter, "call-next")).Ok();
        var second = await place.SignInAsync();

        (await second.AtAsync(place.Counter, "start")).Ok();
        (await first.AtAsync(place.Counter, "finish")).Ok();
        Assert.Equal(1, Hall.Query<long>("SELECT count(*) FROM duty WHERE officer = $p0", place.Officer));
    }
}
