using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

[Collection(OtherHall.Name)]
public sealed class RatingsTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task A_served_citizen_is_invited_rates_once_and_can_change_it_for_5_seconds()
    {
        var place = Hall.NextPlace();
        await using var rater = await Hall.ConnectAsync(place.Rater);
        await using var desk = await Hall.ConnectAsync(place.Desk);
        var (officer, ticket) = await ServeAsync(place);
        (await officer.AtAsync(place.Counter, "finish")).Ok();

        foreach (var device in new[] { rater, desk })
        {
            var open = await device.CommandAsync(CommandTypes.RatingOpen);
            Assert.Equal((ticket, place.Number(1)), (open.Data.GetProperty("ticket").GetString(), open.Data.GetProperty("number").GetString()));
            Assert.InRange(open.Data.GetProperty("seconds").GetInt32(), 55, 60);
        }

        var first = Guid.CreateVersion7();
        var pressedAt = TimeProvider.System.GetUtcNow();
        var answer = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 4 }, first, pressedAt);
        Assert.Equal($$"""{"rating":"{{first}}","attributed":true}""", answer.Ok().GetRawText());
        var changed = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, at: pressedAt.AddSeconds(3));
        Assert.Equal($$"""{"rating":"{{first}}","attributed":true}""", changed.Ok().GetRawText());
        Assert.DoesNotContain(rater.Commands, command => command.Type == CommandTypes.RatingClose);

        // Five seconds are over by the press's own instant, which decides.
        var close = await rater.CommandAsync(CommandTypes.RatingClose);
        Assert.Equal(ticket, close.Data.GetProperty("ticket").GetString());
        Assert.InRange((close.At - pressedAt).TotalSeconds, 4.9, 15);
        var late = Guid.CreateVersion7();
        var refused = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 1 }, late, pressedAt.AddSeconds(5.1));
        Assert.Equal("not-allowed-now", refused.Brief);
        Assert.Equal(refused.Bytes, (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 1 }, late, pressedAt.AddSeconds(5.1))).Bytes);

        Assert.Equal("1 1 1", Hall.Query<string>("SELECT served || ' ' || rated || ' ' || level5 FROM officer_day WHERE officer = $p0", place.Officer));
        Assert.Equal(1, Hall.Query<long>("SELECT count(*) FROM journal WHERE kind = 'rating.changed' AND body LIKE '%' || $p0 || '%'", first.ToString()));
    }

    [Fact]
    public async Task A_rater_that_connects_meanwhile_is_invited_for_the_seconds_left_and_the_next_start_ends_it()
    {
        var place = Hall.NextPlace();
        var (officer, ticket) = await ServeAsync(place);
        (await officer.AtAsync(place.Counter, "finish")).Ok();
        await place.TakeNumberAsync();
        (await officer.AtAsync(place.Counter, "call-next")).Ok();

        await using var rater = await Hall.ConnectAsync(place.Rater);
        rater.SendPresence();
        var open = await rater.CommandAsync(CommandTypes.RatingOpen);
        Assert.Equal(ticket, open.Data.GetProperty("ticket").GetString());
        Assert.InRange(open.Data.GetProperty("seconds").GetInt32(), 30, 60);

        (await officer.AtAsync(place.Counter, "start")).Ok();
        await rater.CommandAsync(CommandTypes.RatingClose, data => data.GetProperty("ticket").GetString() == ticket);
        (await officer.AtAsync(place.Counter, "finish")).Ok();
        await rater.CommandAsync(CommandTypes.RatingOpen, data => data.GetProperty("number").GetString() == place.Number(2));
        (await officer.AtAsync(place.Counter, "undo")).Ok();
        await rater.CommandAsync(CommandTypes.RatingClose, data => data.GetProperty("ticket").GetString() != ticket);
    }

    [Fact]
    public async Task A_press_without_a_ticket_of_its_counter_is_stored_for_nobody()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        await using var rater = await Hall.ConnectAsync(place.Rater);
        await using var stranger = await Hall.ConnectAsync(other.Rater);
        Assert.False(Attributed(await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 })));
        var (_, ticket) = await ServeAsync(place);

        Assert.False(Attributed(await stranger.AskAsync(ReportTypes.RatingPressed, new { level = 5 })));
        Assert.False(Attributed(await stranger.AskAsync(ReportTypes.RatingPressed, new { level = 5, ticket })));
        Assert.False(Attributed(await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5, ticket = Guid.CreateVersion7() })));
        Assert.False(Attributed(await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5, timeKnown = false })));
        Assert.True(Attributed(await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5, ticket })));
        foreach (var level in new object[] { 0, 6, 2.5, "5" })
        {
            Assert.Equal("malformed", (await rater.AskAsync(ReportTypes.RatingPressed, new { level })).Brief);
        }

        await using var kiosk = await Hall.ConnectAsync("kiosk-1");
        Assert.Equal("not-allowed", (await kiosk.AskAsync(ReportTypes.RatingPressed, new { level = 5 })).Brief);
    }

    [Fact]
    public async Task A_press_by_a_clock_that_is_ahead_counts_at_its_arrival_and_the_device_is_shown_with_a_fault()
    {
        var place = Hall.NextPlace();
        await using var rater = await Hall.ConnectAsync(place.Rater);
        await ServeAsync(place);
        var now = TimeProvider.System.GetUtcNow();

        Assert.True(Attributed(await rater.AskAsync(ReportTypes.RatingPressed, new { level = 3 }, at: now.AddHours(1))));
        Assert.InRange(Hall.Query<long>("SELECT at FROM rating WHERE officer = $p0", place.Officer) - now.ToUnixTimeMilliseconds(), -1000, 20_000);
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        var device = (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(device => device.GetProperty("id").GetString() == place.Rater);
        Assert.Contains(device.GetProperty("faults").EnumerateArray(), fault => fault.GetProperty("code").GetString() == "clock");
    }

    [Fact]
    public async Task A_reason_follows_a_bad_rating_and_never_moves_it()
    {
        var place = Hall.NextPlace();
        await using var rater = await Hall.ConnectAsync(place.Rater);
        await ServeAsync(place);
        var rating = Guid.CreateVersion7();
        // A rater knows the rating's id before any answer.
        rater.Send(ReportTypes.RatingPressed, new { level = 1 }, rating);
        (await rater.AskAsync(ReportTypes.RatingReasoned, new { rating, reason = "wait" })).Ok();
        (await rater.AskAsync(ReportTypes.RatingReasoned, new { rating, reason = "attitude" })).Ok();
        Assert.Equal("malformed", (await rater.AskAsync(ReportTypes.RatingReasoned, new { rating, reason = "weather" })).Brief);
        Assert.Equal("not-allowed-now", (await rater.AskAsync(ReportTypes.RatingReasoned, new { rating, reason = "wait" }, at: TimeProvider.System.GetUtcNow().AddSeconds(-90))).Brief);
        Assert.Equal("1 attitude", Hall.Query<string>("SELECT level || ' ' || reason FROM rating WHERE officer = $p0", place.Officer));
    }

    private static bool Attributed(DeviceAnswer answer) => answer.Ok().GetProperty("attributed").GetBoolean();

    private static async Task<(ApiClient Officer, string Ticket)> ServeAsync(Place place)
    {
        var officer = await place.SignInAsync();
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetString()!;
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        (await officer.AtAsync(place.Counter, "start")).Ok();
        return (officer, ticket);
    }
}
