using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

[Collection(OneHall.Name)]
public sealed class RepeatsTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task The_same_key_gets_the_first_answer_also_of_nothing_done()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next", key: "empty")).Status);
        var refused = await officer.AtAsync(place.Counter, "finish", key: "too-early");
        Assert.Equal("409 not-allowed-now", refused.Brief);

        await place.TakeNumberAsync();
        await place.TakeNumberAsync();
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next", key: "empty")).Status);
        var called = await officer.AtAsync(place.Counter, "call-next", key: "first");
        Assert.Equal(refused.Bytes, (await officer.AtAsync(place.Counter, "finish", key: "too-early")).Bytes);
        (await officer.AtAsync(place.Counter, "finish")).Ok();
        var repeat = await officer.AtAsync(place.Counter, "call-next", key: "first");

        Assert.Equal((200, 200), (called.Status, repeat.Status));
        Assert.Equal(called.Bytes, repeat.Bytes);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await officer.AtAsync(place.Counter, "pause")).Ok().GetProperty("ticket").ValueKind);
    }

    [Fact]
    public async Task A_key_belongs_to_its_caller_path_and_body()
    {
        var place = Hall.NextPlace();
        var body = new { service = place.Service, lane = "normal" };
        var kiosk = Hall.Client("bench-6");
        var first = await kiosk.PostAsync("/api/v1/tickets", body, "k");
        Assert.Equal(201, first.Status);
        Assert.Equal(first.Bytes, (await kiosk.PostAsync("/api/v1/tickets", body, "k")).Bytes);
        Assert.Equal("422 key-reused", (await kiosk.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "priority" }, "k")).Brief);
        Assert.Equal(first.Bytes, (await kiosk.PostAsync("/api/v1/tickets", body, "k")).Bytes);
        Assert.NotEqual(first.Bytes, (await Hall.Client("bench-7").PostAsync("/api/v1/tickets", body, "k")).Bytes);

        var officer = await place.SignInAsync();
        Assert.Equal(place.Number(1), (await officer.AtAsync(place.Counter, "call-next", key: "k")).Ok().GetProperty("ticket").GetProperty("number").GetString());
        Assert.Equal("serving", (await officer.AtAsync(place.Counter, "start", key: "k")).Ok().GetProperty("ticket").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_command_pressed_ten_times_at_once_with_one_key_acts_once()
    {
        var place = Hall.NextPlace();
        var kiosk = Hall.Client("bench-6");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            kiosk.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" }, "at-once")));

        Assert.All(answers, answer => Assert.Equal(answers[0].Bytes, answer.Bytes));
        Assert.Equal(1, Hall.Query<long>("SELECT count(*) FROM ticket WHERE service = $p0", place.Service));
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_right_is_not_kept()
    {
        var place = Hall.NextPlace();
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.AtAsync(place.Counter, "call-next", key: "k")).Brief);
        var officer = await place.SignInAsync();
        Assert.Equal("403 not-allowed", (await officer.AtAsync(Hall.NextPlace().Counter, "call-next", key: "k")).Brief);
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next", key: "k")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_key_is_1_to_64_visible_characters(string key) =>
        Assert.Equal("400 malformed", (await Hall.Client("bench-6").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" }, key)).Brief);
}
