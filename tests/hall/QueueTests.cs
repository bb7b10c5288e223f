using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

[Collection(OneHall.Name)]
public sealed class QueueTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task Three_requests_get_three_numbers_and_the_first_sent_again_gets_the_same_answer_and_no_new_ticket()
    {
        var place = Hall.NextPlace();
        await using var kiosk = await Hall.ConnectAsync("kiosk-1");
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7() };
        var answers = new List<DeviceAnswer>();
        foreach (var id in ids)
        {
            answers.Add(await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, id));
        }

        Assert.Equal(
            [(place.Number(1), 0), (place.Number(2), 1), (place.Number(3), 2)],
            answers.Select(answer => (answer.Ok().GetProperty("number").GetString()!, answer.Ok().GetProperty("ahead").GetInt32())));

        var again = await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, ids[0]);
        Assert.Equal(answers[0].Bytes, again.Bytes);
        Assert.Equal(4, (await kiosk.TakeNumberAsync(place.Service)).GetProperty("number").GetString()![^1] - '0');
    }

    [Fact]
    public async Task A_kiosks_request_for_two_errands_is_one_number_that_goes_on_to_the_second_service()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        await using var kiosk = await Hall.ConnectAsync("kiosk-1");
        var ticket = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal", services = new[] { other.Service } })).Ok();
        Assert.Equal(other.Service, Assert.Single(ticket.GetProperty("services").EnumerateArray()).GetString());
        var (first, second) = (await place.SignInAsync(), await other.SignInAsync());
        await first.AtAsync(place.Counter, "call-next");
        (await first.AtAsync(place.Counter, "finish", new { outcome = "supplement" })).Ok();

        var next = (await second.AtAsync(other.Counter, "call-next")).Ok().GetProperty("ticket");
        Assert.Equal(ticket.GetProperty("number").GetString(), next.GetProperty("number").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, next.GetProperty("outcome").ValueKind);
    }

    [Fact]
    public async Task A_ticket_is_as_the_contract_writes_it_and_its_link_is_in_the_issuers_answer_alone()
    {
        var place = Hall.NextPlace();
        var taken = (await Hall.Client("kiosk-1").PostAsync("/api/v1/tickets", new { service = place.Service, lane = "priority" })).Ok(201);
        Assert.Equal(
            "id,number,service,services,lane,state,counter,ahead,estimatedWaitSeconds,estimatedWaitRange,issuedAt,calledAt,startedAt,finishedAt,outcome,printed,counterState,link",
            string.Join(',', taken.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("priority waiting pending", $"{taken.GetProperty("lane")} {taken.GetProperty("state")} {taken.GetProperty("printed")}");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00$", taken.GetProperty("issuedAt").GetString());
        Assert.Matches($"^http://127.0.0.1:{Hall.HttpPort}/t/[a-z0-9]{{17,}}$", taken.GetProperty("link").GetString());

        var live = (await Hall.Client("rater-1").GetAsync($"/api/v1/tickets/{taken.GetProperty("id")}")).Ok();
        Assert.False(live.TryGetProperty("link", out _));
    }

    [Fact]
    public async Task A_citizen_is_called_served_and_finished_and_then_no_one_waits()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        Assert.Equal(204, (await officer.AtAsync(place.Counter, "call-next")).Status);
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetString();
        await place.TakeNumberAsync();

        var called = (await officer.AtAsync(place.Counter, "call-next")).Ok();
        Assert.Equal("number,name,state,officer,services,ticket,waiting", string.Join(',', called.EnumerateObject().Select(field => field.Name)));
        Assert.Equal((place.Number(1), "called", 1), (
            called.GetProperty("ticket").GetProperty("number").GetString(), called.GetProperty("ticket").GetProperty("state").GetString(), called.GetProperty("waiting").GetInt32()));
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "pause")).Brief);

        var hall = (await Hall.Anyone.GetAsync("/api/v1/hall")).Ok();
        Assert.Equal(place.Number(1), Of(hall, "counters", "number", place.Counter).GetProperty("calling").GetString());
        Assert.DoesNotContain(ticket!, hall.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("serving", (await officer.AtAsync(place.Counter, "start")).Ok().GetProperty("ticket").GetProperty("state").GetString());
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "recall")).Brief);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await officer.AtAsync(place.Counter, "finish", new { outcome = "supplement" })).Ok().GetProperty("ticket").ValueKind);

        var served = (await officer.GetAsync($"/api/v1/tickets/{ticket}")).Ok();
        Assert.Equal("served supplement", $"{served.GetProperty("state")} {served.GetProperty("outcome")}");
        Assert.Equal("400 malformed", (await officer.AtAsync(place.Counter, "finish", new { outcome = "lost" })).Brief);
    }

    [Fact]
    public async Task A_held_a_missed_and_a_wrongly_finished_citizen_come_back()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetString();
        foreach (var (verb, state) in new[] { ("call-next", "called"), ("hold", "held"), ("call", "called"), ("no-show", "no-show"), ("call", "called"), ("finish", "served"), ("undo", "called") })
        {
            (await officer.AtAsync(place.Counter, verb, verb == "call" ? new { ticket } : null)).Ok();
            Assert.Equal(state, (await officer.GetAsync($"/api/v1/tickets/{ticket}")).Ok().GetProperty("state").GetString());
        }

        (await officer.AtAsync(place.Counter, "no-show", new { reason = "đã gọi ba lần" })).Ok();
        (await officer.AtAsync(place.Counter, "undo", new { reason = "người dân vừa tới" })).Ok();
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(place.Counter, "undo")).Brief);
    }

    [Fact]
    public async Task The_officers_reason_for_any_step_is_kept_beside_its_event()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        var officer = await place.SignInAsync();
        (await officer.AtAsync(place.Counter, "call-next", new { reason = "không còn ai" })).Ok(204);
        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetGuid();
        string[] steps = ["call", "recall", "hold", "call", "start", "finish", "undo", "transfer"];
        foreach (var step in steps)
        {
            (await officer.AtAsync(place.Counter, step, step switch
            {
                "call" => new { ticket, reason = "lý do " + step },
                "transfer" => new { service = other.Service, reason = "lý do " + step },
                _ => new { reason = "lý do " + step },
            })).Ok();
        }

        Assert.Equal(
            string.Join(' ', steps.Select(step => "lý do " + step)),
            Hall.Query<string>("""
                SELECT group_concat(coalesce(text, '-'), ' ' ORDER BY sequence) FROM journal LEFT JOIN remark USING (sequence)
                WHERE body ->> '$.ticket.id' = $p0 AND kind NOT IN ('ticket.issued', 'ticket.printed')
                """, ticket.ToString()));
        Assert.Equal("400 malformed", (await officer.AtAsync(place.Counter, "pause", new { reason = 5 })).Brief);
    }

    [Fact]
    public async Task A_transferred_citizen_keeps_the_arrival_and_is_called_only_where_sent()
    {
        var (from, to) = (Hall.NextPlace(), Hall.NextPlace());
        var officer = await from.SignInAsync();
        var first = (await from.TakeNumberAsync()).GetProperty("id").GetString();
        await to.TakeNumberAsync();
        (await officer.AtAsync(from.Counter, "call-next")).Ok();

        Assert.Equal("409 no-officer", (await officer.AtAsync(from.Counter, "transfer", new { counter = to.Counter })).Brief);
        Assert.Equal("400 malformed", (await officer.AtAsync(from.Counter, "transfer", new { counter = to.Counter, service = to.Service })).Brief);
        Assert.Equal("400 malformed", (await officer.AtAsync(from.Counter, "transfer")).Brief);
        Assert.Equal("404 unknown-counter", (await officer.AtAsync(from.Counter, "transfer", new { counter = 99 })).Brief);
        Assert.Equal("404 unknown-service", (await officer.AtAsync(from.Counter, "transfer", new { service = "XX" })).Brief);

        var colleague = await to.SignInAsync();
        (await officer.AtAsync(from.Counter, "transfer", new { counter = to.Counter })).Ok();
        var waiting = (await officer.GetAsync($"/api/v1/tickets/{first}")).Ok();
        Assert.Equal($"waiting {to.Counter} {from.Service}", $"{waiting.GetProperty("state")} {waiting.GetProperty("counter")} {waiting.GetProperty("service")}");
        Assert.Equal(204, (await officer.AtAsync(from.Counter, "call-next")).Status);
        Assert.Equal("409 not-allowed-now", (await officer.AtAsync(from.Counter, "call", new { ticket = first })).Brief);

        var called = (await colleague.AtAsync(to.Counter, "call-next")).Ok();
        Assert.Equal(from.Number(1), called.GetProperty("ticket").GetProperty("number").GetString());
    }

    [Fact]
    public async Task Unknown_services_tickets_and_counters_and_people_without_a_right_get_their_codes()
    {
        var (place, elsewhere) = (Hall.NextPlace(), Hall.NextPlace());
        var officer = await place.SignInAsync();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        var kiosk = Hall.Client("kiosk-1");
        var nobody = Guid.CreateVersion7();

        Assert.Equal("404 unknown-service", (await kiosk.PostAsync("/api/v1/tickets", new { service = "XX", lane = "normal" })).Brief);
        Assert.Equal("404 unknown-service", (await officer.AtAsync(place.Counter, "call-next", new { service = "XX" })).Brief);
        Assert.Equal("404 unknown-ticket", (await officer.GetAsync($"/api/v1/tickets/{nobody}")).Brief);
        Assert.Equal("404 unknown-ticket", (await officer.AtAsync(place.Counter, "call", new { ticket = nobody })).Brief);
        Assert.Equal("404 unknown-ticket", (await officer.PostAsync($"/api/v1/tickets/{nobody}/cancel", new { reason = "?" })).Brief);
        Assert.Equal("404 unknown-counter", (await officer.AtAsync(99, "call-next")).Brief);
        Assert.Equal("403 not-allowed", (await officer.AtAsync(elsewhere.Counter, "call-next")).Brief);
        Assert.Equal("403 not-allowed", (await leader.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal("403 not-allowed", (await officer.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" })).Brief);
        Assert.Equal("403 not-allowed", (await Hall.Client("rater-1").PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" })).Brief);
        Assert.Equal("403 not-allowed", (await officer.GetAsync("/api/v1/devices")).Brief);
        Assert.Equal("403 not-allowed", (await kiosk.AtAsync(place.Counter, "call-next")).Brief);

        Assert.Equal("401 not-signed-in", (await Hall.Anyone.AtAsync(place.Counter, "call-next")).Brief);
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.GetAsync($"/api/v1/tickets/{nobody}")).Brief);
        Assert.Equal("401 not-signed-in", (await Hall.Anyone.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" })).Brief);
        using var thief = new ApiClient(Hall.HttpPort, "kiosk-1:wrong");
        Assert.Equal("401 unknown-device", (await thief.PostAsync("/api/v1/tickets", new { service = place.Service, lane = "normal" })).Brief);
        using var stranger = new ApiClient(Hall.HttpPort, "kiosk-9:wrong");
        Assert.Equal("401 unknown-device", (await stranger.GetAsync($"/api/v1/tickets/{nobody}")).Brief);
    }

    [Fact]
    public async Task A_body_that_is_wrong_is_malformed_and_one_that_is_too_long_is_too_large()
    {
        var kiosk = Hall.Client("kiosk-1");
        string[] bodies =
        [
            "{", "[]", "null", "\"x\"", "{}", """{"service":"S01"}""", """{"service":"S01","lane":"fast"}""", """{"service":1,"lane":"normal"}""",
            """{"service":"S01","lane":"normal","services":"S02"}""", """{"service":"S01","lane":"normal","language":"fr"}""",
            """{"service":"\ud800","lane":"normal"}""", """{"\ud800":1,"service":"S01","lane":"normal"}""",
        ];
        foreach (var body in bodies)
        {
            var answer = await kiosk.PostAsync("/api/v1/tickets", System.Text.Encoding.UTF8.GetBytes(body));
            Assert.True(answer.Brief == "400 malformed", $"{body}: {answer.Brief}");
            var session = await Hall.Anyone.PostAsync("/api/v1/session", System.Text.Encoding.UTF8.GetBytes(body));
            Assert.True(session.Brief == "400 malformed", $"{body}: {session.Brief}");
        }

        byte[] noText = [.. "{\"service\":\"x"u8, 0xFF, .. "\",\"lane\":\"normal\"}"u8];
        Assert.Equal("400 malformed", (await kiosk.PostAsync("/api/v1/tickets", noText)).Brief);
        Assert.Equal("413 too-large", (await kiosk.PostAsync("/api/v1/tickets", new byte[70_000])).Brief);
        Assert.Equal("413 too-large", (await Hall.Anyone.PostAsync("/api/v1/session", new byte[70_000])).Brief);
    }

    [Fact]
    public async Task A_kiosk_that_gave_a_request_up_withdraws_it_before_or_after_it_comes()
    {
        var place = Hall.NextPlace();
        await using var kiosk = await Hall.ConnectAsync("bench-4");
        var came = Guid.CreateVersion7();
        var ticket = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, came)).Ok().GetProperty("id").GetString();
        var late = Guid.CreateVersion7();

        Assert.Equal("{}", (await kiosk.AskAsync(ReportTypes.TicketWithdraw, new { report = came })).Ok().GetRawText());
        Assert.Equal("{}", (await kiosk.AskAsync(ReportTypes.TicketWithdraw, new { report = late })).Ok().GetRawText());
        Assert.Equal("cancelled", (await Hall.Client("kiosk-1").GetAsync($"/api/v1/tickets/{ticket}")).Ok().GetProperty("state").GetString());
        Assert.Equal("not-allowed-now", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, late)).Brief);
        Assert.Equal(place.Number(2), (await kiosk.TakeNumberAsync(place.Service)).GetProperty("number").GetString());
    }

    [Fact]
    public async Task What_came_of_the_paper_is_told_by_its_kiosk_and_a_copy_is_no_second_number()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        await using var kiosk = await Hall.ConnectAsync("bench-5");
        var ticket = (await kiosk.TakeNumberAsync(place.Service)).GetProperty("id").GetString();

        Assert.Equal("malformed", (await kiosk.AskAsync(ReportTypes.TicketPrinted, new { ticket, outcome = "eaten" })).Brief);
        Assert.Equal("unknown-ticket", (await kiosk.AskAsync(ReportTypes.TicketPrinted, new { ticket = Guid.CreateVersion7(), outcome = "printed" })).Brief);
        foreach (var outcome in new[] { "unknown", "failed" })
        {
            (await kiosk.AskAsync(ReportTypes.TicketPrinted, new { ticket, outcome, error = "paper" })).Ok();
            Assert.Equal(outcome, (await officer.GetAsync($"/api/v1/tickets/{ticket}")).Ok().GetProperty("printed").GetString());
        }

        (await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = "bench-5" })).Ok(202);
        var order = await kiosk.CommandAsync(CommandTypes.TicketPrint);
        Assert.True(order.Data.GetProperty("copy").GetBoolean());
        Assert.Equal(place.Number(1), order.Data.GetProperty("number").GetString());
        (await kiosk.AskAsync(ReportTypes.TicketPrinted, new { ticket, outcome = "printed", copy = true })).Ok();
        Assert.Equal("printed", (await officer.GetAsync($"/api/v1/tickets/{ticket}")).Ok().GetProperty("printed").GetString());
        Assert.Equal("400 malformed", (await officer.PostAsync($"/api/v1/tickets/{ticket}/reprint", new { device = "rater-1" })).Brief);
    }

    [Fact]
    public async Task The_keypad_does_what_the_officer_would_and_the_sign_shows_the_number()
    {
        var place = Hall.NextPlace();
        await using var desk = await Hall.ConnectAsync(place.Desk);
        desk.SendPresence();
        await desk.CommandAsync(CommandTypes.CounterShow, data => data.GetProperty("number").ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.Equal("no-officer", (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "next" })).Brief);
        await place.SignInAsync();
        Assert.Equal(0, (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "next" })).Ok().GetProperty("waiting").GetInt32());
        await place.TakeNumberAsync();

        var counter = (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "next" })).Ok();
        Assert.Equal(place.Number(1), counter.GetProperty("ticket").GetProperty("number").GetString());
        await desk.CommandAsync(CommandTypes.CounterShow, data => data.GetProperty("number").GetString() == place.Number(1));
        Assert.Equal("not-allowed-now", (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "next" })).Brief);
        (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "recall" })).Ok();
        (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "finish" })).Ok();
        Assert.Equal("not-allowed-now", (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "no-show" })).Brief);
        Assert.Equal("malformed", (await desk.AskAsync(ReportTypes.KeypadPressed, new { key = "hold" })).Brief);
        await Eventually.TrueAsync(
            () => desk.Commands.Last(command => command.Type == CommandTypes.CounterShow).Data.GetProperty("number").ValueKind == System.Text.Json.JsonValueKind.Null,
            () => string.Join(", ", desk.Commands.Select(command => $"{command.Type} {command.Data}")));
    }

    [Fact]
    public async Task The_hall_the_catalogue_and_the_description_of_the_interface_are_there_for_anyone()
    {
        var hall = (await Hall.Anyone.GetAsync("/api/v1/hall")).Ok();
        Assert.Equal("site,day,at,version,services,counters,calls,catalog", Fields(hall));
        Assert.Equal("code,waiting,lastCalled,estimatedWaitSeconds,open,closedReason,opensAt,estimatedWaitRange,counterState", Fields(hall.GetProperty("services")[0]));
        Assert.Equal("number,state,calling,serving,officer,waiting", Fields(hall.GetProperty("counters")[0]));
        Assert.StartsWith("3.1", (await Hall.Anyone.GetAsync("/openapi/v1.json")).Ok().GetProperty("openapi").GetString(), StringComparison.Ordinal);

        var catalog = await Hall.Anyone.GetAsync("/api/v1/catalog");
        Assert.Equal("S01", catalog.Ok().GetProperty("services")[0].GetProperty("code").GetString());
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Hall.HttpPort}") };
        http.DefaultRequestHeaders.Add("If-None-Match", catalog.Headers.ETag!.ToString());
        Assert.Equal(System.Net.HttpStatusCode.NotModified, (await http.GetAsync("/api/v1/catalog", TestContext.Current.CancellationToken)).StatusCode);

        static string Fields(System.Text.Json.JsonElement json) => string.Join(',', json.EnumerateObject().Select(field => field.Name));
    }

    private static System.Text.Json.JsonElement Of(System.Text.Json.JsonElement hall, string list, string name, int value) =>
        hall.GetProperty(list).EnumerateArray().Single(item => item.GetProperty(name).GetInt32() == value);
}
