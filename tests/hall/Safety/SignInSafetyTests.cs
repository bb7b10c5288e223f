using System.Net;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>Guessed PINs lock nobody out who has signed in there before, and another PIN ends what the old one opened.</summary>
[Collection(AttackedHall.Name)]
public sealed class SignInSafetyTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task Wrong_PINs_from_everywhere_lock_a_stranger_out_and_not_the_officer_s_own_browser()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        (await officer.DeleteAsync("/api/v1/session")).Ok(204);

        foreach (var address in Enumerable.Range(2, 10).Select(last => IPAddress.Parse($"127.0.1.{last}")))
        {
            for (var guess = 0; guess < 5; guess++)
            {
                Assert.Equal("401 wrong-pin", (await SignInAsync(place, "0000", address)).Brief);
            }
        }

        var refused = await SignInAsync(place, HallPlan.Pin, IPAddress.Parse("127.0.1.99"));
        Assert.Equal("429 too-many", refused.Brief);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Equal("204", (await SignInAsync(place, HallPlan.Pin, IPAddress.Parse("127.0.1.98"), officer.BrowserCookie!)).Brief);
        Assert.Equal("429 too-many", (await SignInAsync(place, HallPlan.Pin, IPAddress.Parse("127.0.1.97"), officer.BrowserCookie![..^1] + "x")).Brief);
    }

    [Fact]
    public async Task The_cookie_of_a_browser_guesses_no_more_than_an_address_and_helps_no_other_account()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        var officer = await place.SignInAsync();
        var from = IPAddress.Parse("127.0.2.2");
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal("401 wrong-pin", (await SignInAsync(place, "0000", from, officer.BrowserCookie!)).Brief);
            Assert.Equal("401 wrong-pin", (await SignInAsync(other, "0000", from, officer.BrowserCookie!)).Brief);
        }

        Assert.Equal("429 too-many", (await SignInAsync(place, HallPlan.Pin, from, officer.BrowserCookie!)).Brief);
        Assert.Equal("429 too-many", (await SignInAsync(other, HallPlan.Pin, from, officer.BrowserCookie!)).Brief);
    }

    [Fact]
    public async Task Another_PIN_ends_every_session_of_its_owner_and_the_browser_is_no_longer_known()
    {
        var place = Hall.NextPlace();
        var sessions = new[] { await place.SignInAsync(), await place.SignInAsync() };
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);

        Assert.Equal(200, (await administrator.PostAsync($"/admin/officers/{place.Officer}/pin")).Status);

        foreach (var session in sessions)
        {
            Assert.Equal("401 not-signed-in", (await session.AtAsync(place.Counter, "pause")).Brief);
        }

        Assert.Equal(0, Hall.Query<long>("SELECT count(*) FROM session WHERE person = $p0", place.Officer));
        Assert.Equal(200, (await administrator.GetAsync("/api/v1/devices")).Status);
    }

    [Fact]
    public async Task Many_sign_ins_at_once_are_answered_and_keep_no_ticket_waiting_for_all_of_them()
    {
        var place = Hall.NextPlace();
        var from = IPAddress.Parse("127.0.3.2");
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(who => SentRequest.SendAsync(
            Hall.Address + "/api/v1/session", ["Content-Type: application/json"], $$"""{"officer":"nobody{{who}}","pin":"1","counter":1}""", from)));

        Assert.All(answers, answer => Assert.True(answer.Brief is "401 wrong-pin" or "429 too-many", answer.Brief));
        Assert.Contains(answers, answer => answer.Brief == "429 too-many");
        await place.SignInAsync();
    }

    private Task<ApiAnswer> SignInAsync(Place place, string pin, IPAddress from, string? cookie = null) => SentRequest.SendAsync(
        Hall.Address + "/api/v1/session",
        ["Content-Type: application/json", cookie is null ? "Accept: */*" : $"Cookie: {cookie}"],
        $$"""{"officer":"{{place.Officer}}","pin":"{{pin}}","counter":{{place.Counter}}}""",
        from);
}
