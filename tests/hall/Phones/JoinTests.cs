using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Phones;

/// <summary>Numbers by phone over HTTP, through the real hub.</summary>
public sealed class JoinTests : IAsyncLifetime
{
    private RunningHall _hall = null!;

    public async ValueTask InitializeAsync() => _hall = await RunningHall.StartAsync(HallPlan.Json(4));

    public async ValueTask DisposeAsync()
    {
        _hall.DemandNoErrors();
        await _hall.DisposeAsync();
    }

    [Fact]
    public async Task A_phone_takes_one_number_a_service_keeps_it_over_a_restart_and_may_come_again_when_it_is_over()
    {
        var (phone, other) = (_hall.Client(), _hall.Client());
        var code = await CodeAsync();
        var first = phone.Keep(await JoinAsync(phone, code, "S01")).Ok(201);
        Assert.Equal("A001 waiting none", $"{first.GetProperty("number")} {first.GetProperty("state")} {first.GetProperty("printed")}");
        Assert.Equal("A002", (await JoinAsync(other, code, "S01")).Ok(201).GetProperty("number").GetString());
        Assert.Equal("B001", (await JoinAsync(phone, code, "S02")).Ok(201).GetProperty("number").GetString());

        await _hall.RestartHubAsync();
        Assert.Equal("C001", (await JoinAsync(other, code, "S03")).Ok(201).GetProperty("number").GetString());
        var again = (await JoinAsync(phone, "000000", "S01", "priority")).Ok();
        Assert.Equal((Text(first, "id"), Text(first, "link")), (Text(again, "id"), Text(again, "link")));

        Assert.Equal(200, (await _hall.Anyone.GetAsync(new Uri(Text(first, "link")).AbsolutePath)).Status);
        var officer = await _hall.SignedInAsync(HallPlan.Leader);
        (await officer.PostAsync($"/api/v1/tickets/{Text(first, "id")}/cancel")).Ok();
        Assert.Equal("A003", (await JoinAsync(phone, code, "S01")).Ok(201).GetProperty("number").GetString());
        var cookie = phone.Cookie!.Split('=')[1];
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM journal WHERE body LIKE '%127.0.0.1%' OR body LIKE '%' || $p0 || '%'", cookie));
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM request_result WHERE caller LIKE '%' || $p0 || '%'", cookie));
    }

    [Fact]
    public async Task A_phone_takes_one_number_for_two_errands_and_holds_it_for_both()
    {
        var phone = _hall.Client();
        var code = await CodeAsync();
        var both = new { code, service = "S01", services = new[] { "S02" }, lane = "normal" };
        var ticket = phone.Keep(await phone.PostAsync("/api/v1/join", both)).Ok(201);
        Assert.Equal("S02", ticket.GetProperty("services").EnumerateArray().Single().GetString());
        Assert.Equal(Text(ticket, "id"), Text((await JoinAsync(phone, code, "S02")).Ok(), "id"));

        (await JoinAsync(phone, code, "S03")).Ok(201);
        Assert.Equal("409 not-allowed-now", (await phone.PostAsync("/api/v1/join", both with { service = "S04", services = ["S03"] })).Brief);
        Assert.Equal("404 unknown-service", (await phone.PostAsync("/api/v1/join", both with { service = "S04", services = ["XX"] })).Brief);
        Assert.Equal("409 not-allowed-now", (await phone.PostAsync("/api/v1/join", both with { services = ["S04"] })).Brief);
        Assert.Equal("400 malformed", (await phone.PostAsync("/api/v1/join", both with { service = "S04", services = ["S04"] })).Brief);
        Assert.Equal("400 malformed", (await phone.PostAsync("/api/v1/join", new { code, service = "S04", services = "S01", lane = "normal" })).Brief);
        Assert.Equal(2, _hall.Query<long>("SELECT count(*) FROM ticket"));
    }

    [Fact]
    public async Task What_is_wrong_is_refused_with_its_code()
    {
        var code = await CodeAsync();
        Assert.Equal("403 not-allowed", (await JoinAsync(_hall.Anyone, code == "000000" ? "000001" : "000000", "S01")).Brief);
        Assert.Equal("404 unknown-service", (await JoinAsync(_hall.Anyone, code, "XX")).Brief);
        Assert.Equal("400 malformed", (await JoinAsync(_hall.Anyone, code, "S01", "fast")).Brief);
        Assert.Equal("400 malformed", (await _hall.Anyone.PostAsync("/api/v1/join", new { service = "S01", lane = "normal" })).Brief);
        Assert.Equal("400 malformed", (await _hall.Anyone.PostAsync("/api/v1/join", "[]"u8.ToArray())).Brief);
        Assert.Equal("401 not-signed-in", (await _hall.Anyone.GetAsync("/api/v1/join")).Brief);

        await _hall.RestartHubAsync("publicAddress", null);
        Assert.Equal("409 not-allowed-now", (await JoinAsync(_hall.Anyone, code, "S01")).Brief);
        Assert.Equal("409 not-allowed-now", (await _hall.Client("kiosk-1").GetAsync("/api/v1/join")).Brief);
        Assert.Equal(404, (await _hall.Anyone.GetAsync("/join")).Status);
        Assert.DoesNotContain(code[..3] + " " + code[3..], (await _hall.Anyone.GetAsync("/display")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_under_one_key_is_one_number_even_where_the_first_answer_and_its_cookie_were_lost()
    {
        var code = await CodeAsync();
        var body = new { code, service = "S03", lane = "normal" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _hall.Client().PostAsync("/api/v1/join", body, "one-key-of-a-phone")));

        Assert.All(answers, answer => Assert.Equal((201, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Equal("422 key-reused", (await _hall.Anyone.PostAsync("/api/v1/join", body with { lane = "priority" }, "one-key-of-a-phone")).Brief);
        Assert.Equal(1, _hall.Query<long>("SELECT count(*) FROM ticket WHERE service = 'S03'"));
    }

    [Fact]
    public async Task Too_many_numbers_and_too_many_guesses_have_to_wait()
    {
        await _hall.RestartHubAsync("phone", new { perAddress = 2, total = 3, wrongCodes = 3 });
        var code = await CodeAsync();
        var phones = Enumerable.Range(0, 3).Select(_ => _hall.Client()).ToList();
        phones[0].Keep(await JoinAsync(phones[0], code, "S04")).Ok(201);
        phones[1].Keep(await JoinAsync(phones[1], code, "S04")).Ok(201);
        var refused = await JoinAsync(phones[2], code, "S04");
        Assert.Equal("429 too-many", refused.Brief);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
        Assert.Equal("D001", (await JoinAsync(phones[0], code, "S04")).Ok().GetProperty("number").GetString());

        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal("403 not-allowed", (await JoinAsync(_hall.Anyone, "x", "S01")).Brief);
        }

        Assert.Equal("429 too-many", (await JoinAsync(_hall.Anyone, code, "S01")).Brief);
        Assert.Equal("D001", (await JoinAsync(phones[0], "x", "S04")).Ok().GetProperty("number").GetString());
    }

    [Fact]
    public async Task A_code_is_guessed_by_no_way_more_often_than_the_limit_and_a_right_one_is_never_counted()
    {
        await _hall.RestartHubAsync("phone", new { wrongCodes = 3 });
        var code = await CodeAsync();
        var wrong = code == "000000" ? "000001" : "000000";
        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal((200, true), Seen(await OpenAsync(code)));
            Assert.Equal((400, true), Seen(await PressAsync(code)));
        }

        Assert.Equal((200, false), Seen(await OpenAsync("")));
        Assert.Equal((200, false), Seen(await OpenAsync(wrong)));
        Assert.Equal((400, false), Seen(await PressAsync(wrong)));
        Assert.Equal((403, false), Seen(await PressAsync(wrong, "S01")));

        Assert.Equal((429, false), Seen(await OpenAsync(code)));
        Assert.Equal((429, false), Seen(await PressAsync(code)));
        Assert.Equal((429, false), Seen(await PressAsync(code, "S01")));
        Assert.Equal("429 too-many", (await JoinAsync(_hall.Anyone, code, "S01")).Brief);
        Assert.Equal((200, false), Seen(await OpenAsync("")));
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM ticket"));
    }

    [Fact]
    public async Task One_address_takes_three_numbers_however_many_phones_it_says_it_is()
    {
        var code = await CodeAsync();
        var answers = new List<string>();
        for (var phone = 0; phone < 34; phone++)
        {
            answers.Add((await JoinAsync(_hall.Client(), code, "S01")).Brief);
        }

        Assert.Equal([.. Enumerable.Repeat("201", 3), .. Enumerable.Repeat("429 too-many", 31)], answers);
    }

    [Fact]
    public async Task Nothing_is_stored_for_who_is_not_let_in()
    {
        var code = await CodeAsync();
        var before = Rows();
        for (var key = 0; key < 50; key++)
        {
            await _hall.Anyone.PostAsync("/api/v1/join", "rubbish"u8.ToArray(), $"a-{key}");
            await _hall.Anyone.PostAsync("/api/v1/join", new { code, service = "XX", lane = "normal" }, $"b-{key}");
            await _hall.Anyone.PostAsync("/api/v1/join", new { code = "x", service = "S01", lane = "normal" }, $"c-{key}");
            await _hall.Anyone.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" }, $"d-{key}");
        }

        Assert.Equal(before, Rows());
    }

    private long Rows() => _hall.Query<long>("SELECT (SELECT count(*) FROM request_result) + (SELECT count(*) FROM journal WHERE kind <> 'audit.added')");

    private Task<ApiAnswer> OpenAsync(string code) => _hall.Anyone.GetAsync($"/join?code={code}");

    private Task<ApiAnswer> PressAsync(string code, string? service = null)
    {
        var fields = new Dictionary<string, string> { ["code"] = code, ["lane"] = "normal", ["key"] = "a-form" };
        if (service is not null)
        {
            fields["service"] = service;
        }

        return _hall.Anyone.SubmitAsync("/join", fields);
    }

    /// <summary>The status of the page, and whether it says that the code holds.</summary>
    private static (int Status, bool Holds) Seen(ApiAnswer page) => (page.Status, !page.Text.Contains("id=\"code\"", StringComparison.Ordinal));

    private async Task<string> CodeAsync()
    {
        var shown = (await _hall.Client("kiosk-1").GetAsync("/api/v1/join")).Ok();
        var code = shown.GetProperty("code").GetString()!;
        Assert.Equal($"http://127.0.0.1:{_hall.HttpPort}/join?code={code}", Text(shown, "link"));
        Assert.Contains(code[..3] + " " + code[3..], (await _hall.Anyone.GetAsync("/display")).Text, StringComparison.Ordinal);
        return code;
    }

    private static Task<ApiAnswer> JoinAsync(ApiClient phone, string code, string service, string lane = "normal") =>
        phone.PostAsync("/api/v1/join", new { code, service, lane });

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
