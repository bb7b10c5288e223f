using System.Text;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

/// <summary>Messages that are no proper reports: a clear answer where an id can be read, nothing changed, and the hub goes on.</summary>
[Collection(OneHall.Name)]
public sealed class ReportsTests(SharedHall shared) : HallTest(shared)
{
    private const string Proper = """{"id":"#","sequence":1,"at":"2026-11-23T08:00:00+07:00","type":"ticket.request","data":{"service":"S01","lane":"normal"}}""";

    [Theory]
    [InlineData("\"sequence\":1", "\"sequence\":-1")]
    [InlineData("\"sequence\":1", "\"sequence\":1.5")]
    [InlineData("\"sequence\":1,", "")]
    [InlineData("\"at\":\"2026-11-23T08:00:00+07:00\"", "\"at\":\"yesterday\"")]
    [InlineData("\"at\":\"2026-11-23T08:00:00+07:00\"", "\"at\":\"2026-11-23 08:00\"")]
    [InlineData("\"at\":\"2026-11-23T08:00:00+07:00\"", "\"at\":null")]
    [InlineData("\"at\":\"2026-11-23T08:00:00+07:00\"", "\"at\":\"2026-02-30T08:00:00+07:00\"")]
    [InlineData("\"type\":\"ticket.request\"", "\"type\":null")]
    [InlineData("\"type\":\"ticket.request\"", "\"type\":7")]
    [InlineData("\"data\":{\"service\":\"S01\",\"lane\":\"normal\"}", "\"data\":null")]
    [InlineData("\"data\":{\"service\":\"S01\",\"lane\":\"normal\"}", "\"data\":[]")]
    [InlineData("\"service\":\"S01\"", "\"service\":null")]
    [InlineData("\"service\":\"S01\"", "\"service\":{}")]
    [InlineData("\"lane\":\"normal\"", "\"lane\":\"NORMAL\"")]
    [InlineData("\"lane\":\"normal\"", "\"lane\":\"normal\",\"services\":[1]")]
    [InlineData("\"lane\":\"normal\"", "\"lane\":\"normal\",\"language\":\"km\"")]
    public async Task A_wrong_or_missing_field_is_malformed_and_not_remembered(string field, string wrong)
    {
        await using var kiosk = await Hall.ConnectAsync("bench-2");
        var id = Guid.CreateVersion7();
        var before = Hall.NewestEvent;
        var bad = Proper.Replace("#", id.ToString(), StringComparison.Ordinal).Replace(field, wrong, StringComparison.Ordinal);

        Assert.Equal("malformed", (await kiosk.AskRawAsync(id, Encoding.UTF8.GetBytes(bad))).Brief);
        Assert.Equal(before, Hall.NewestEvent);
        Assert.Equal("unknown-service", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" }, id)).Brief);
    }

    [Fact]
    public async Task What_holds_no_readable_id_gets_no_answer_and_the_hub_goes_on()
    {
        await using var kiosk = await Hall.ConnectAsync("bench-3");
        byte[][] messages =
        [
            [], "x"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "{"u8.ToArray(), "{}"u8.ToArray(), """{"id":7}"""u8.ToArray(), [0xFF, 0xFE, 0],
            """{"data":{"id":"a"}}"""u8.ToArray(),
            [.. """{"id":"a"""u8, 0xFF, .. "\"}"u8],
            [.. Encoding.UTF8.GetBytes(new string('[', 2000))],
        ];
        foreach (var message in messages)
        {
            kiosk.SendRaw(Topics.Report(kiosk.Id), message);
            kiosk.SendRaw(Topics.Presence(kiosk.Id), message);
        }

        Assert.Equal("unknown-service", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" })).Brief);
        Assert.Single(kiosk.Answers);
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        var device = (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(device => device.GetProperty("id").GetString() == kiosk.Id);
        Assert.Contains(device.GetProperty("faults").EnumerateArray(), fault => fault.GetProperty("code").GetString() == "messages");
    }

    [Theory]
    [InlineData("\"0197A2B4-6C1E-7D3F-8A5B-9C0D1E2F3A4B\"", "")]
    [InlineData("\"{0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b}\"", "")]
    [InlineData("\"0197a2b46c1e7d3f8a5b9c0d1e2f3a4b\"", "")]
    [InlineData("\"no-uuid\"", "")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\ud800\"", "")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "S01=\\ud800")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "ticket.request=\\ud800")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "\"lane\"=\"\\udc00\":1,\"lane\"")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "\"lane\":\"normal\"}=")]
    public async Task An_id_that_can_be_read_is_answered_as_it_was_sent_and_holds_no_later_report_back(string id, string change)
    {
        await using var kiosk = await Hall.ConnectAsync("bench-3");
        var message = Proper.Replace("\"#\"", id, StringComparison.Ordinal);
        if (change.Split('=') is [var field, var wrong])
        {
            message = message.Replace(field, wrong, StringComparison.Ordinal);
        }

        kiosk.SendRaw(Topics.Report(kiosk.Id), Encoding.UTF8.GetBytes(message));

        Assert.Equal("unknown-service", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" })).Brief);
        var answer = kiosk.Answers.First();
        Assert.Equal((id, "malformed"), (answer.ReportText, answer.Brief));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_byte_that_is_no_UTF_8_in_a_text_is_malformed(int at)
    {
        await using var kiosk = await Hall.ConnectAsync("bench-3");
        var id = Guid.CreateVersion7();
        var bytes = Encoding.UTF8.GetBytes(Proper.Replace("#", id.ToString(), StringComparison.Ordinal));
        bytes[bytes.AsSpan().IndexOf("S01"u8) + at] = 0xFF;

        Assert.Equal("malformed", (await kiosk.AskRawAsync(id, bytes)).Brief);
    }

    [Fact]
    public async Task A_press_with_an_impossible_time_is_filed_by_arrival_and_shown_as_the_clocks_fault()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        await place.TakeNumberAsync();
        foreach (var step in new[] { "call-next", "start" })
        {
            (await officer.PostAsync($"/api/v1/counters/{place.Counter}/{step}")).Ok();
        }

        await using var rater = await Hall.ConnectAsync(place.Rater);
        var id = Guid.CreateVersion7();
        const string Press = """{"id":"#","sequence":1,"at":"0001-01-01T00:00:00+07:00","type":"rating.pressed","data":{"level":2}}""";
        var answer = await rater.AskRawAsync(id, Encoding.UTF8.GetBytes(Press.Replace("#", id.ToString(), StringComparison.Ordinal)));

        Assert.False(answer.Ok().GetProperty("attributed").GetBoolean());
        Assert.Equal(0, Hall.Query<long>("SELECT arrived_at - at FROM rating WHERE id = $p0", id.ToByteArray(bigEndian: true)));
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        var devices = (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray();
        var device = devices.Single(device => device.GetProperty("id").GetString() == rater.Id);
        var fault = device.GetProperty("faults").EnumerateArray().Single(fault => fault.GetProperty("code").GetString() == "clock");
        Assert.Contains("chậm 20", fault.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16 * 1024, "unknown-service")]
    [InlineData((16 * 1024) + 1, "too-large")]
    [InlineData(256 * 1024, "too-large")]
    public async Task A_message_over_16_KiB_is_too_large_and_not_remembered(int length, string code)
    {
        await using var kiosk = await Hall.ConnectAsync("bench-3");
        var id = Guid.CreateVersion7();
        var text = Proper.Replace("#", id.ToString(), StringComparison.Ordinal).Replace("S01", "XX", StringComparison.Ordinal);
        var padded = text[..^1] + ",\"fill\":\"" + new string('x', length - text.Length - ",\"fill\":\"\"".Length) + "\"}";
        Assert.Equal(length, padded.Length);

        Assert.Equal(code, (await kiosk.AskRawAsync(id, Encoding.UTF8.GetBytes(padded))).Brief);
        Assert.Equal("unknown-service", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" }, id)).Brief);
    }

    [Fact]
    public async Task An_unknown_type_is_told_and_not_remembered_and_unknown_fields_are_ignored()
    {
        var place = Hall.NextPlace();
        await using var kiosk = await Hall.ConnectAsync("bench-2");
        var id = Guid.CreateVersion7();
        Assert.Equal("unknown-type", (await kiosk.AskAsync("ticket.burn", new { }, id)).Brief);
        Assert.True((await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal", smell = "roses" }, id)).Stored);
    }

    [Fact]
    public async Task A_refusal_of_a_well_formed_report_is_remembered_byte_for_byte()
    {
        await using var rater = await Hall.ConnectAsync("rater-1");
        var id = Guid.CreateVersion7();
        var first = await rater.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, id);
        Assert.Equal("not-allowed", first.Brief);
        Assert.Equal(first.Bytes, (await rater.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, id)).Bytes);
    }

    [Fact]
    public async Task Nobody_speaks_for_another_device_and_nobody_hears_what_is_not_theirs()
    {
        await using var kiosk = await Hall.ConnectAsync("bench-2");
        await using var thief = await Hall.ConnectAsync("bench-3", Topics.Answer("bench-2"), Topics.EveryReport, "#");
        var before = Hall.NewestEvent;
        var stolen = Encoding.UTF8.GetBytes(Proper.Replace("#", Guid.CreateVersion7().ToString(), StringComparison.Ordinal));
        thief.SendRaw(Topics.Report("bench-2"), stolen);
        thief.SendRaw(Topics.Hall, "{}"u8.ToArray(), retained: true);
        thief.SendRaw(Topics.Command("bench-2"), "{}"u8.ToArray());
        Assert.Equal("unknown-service", (await thief.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" })).Brief);
        Assert.Equal("unknown-service", (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "XX", lane = "normal" })).Brief);

        Assert.Equal(before, Hall.NewestEvent);
        Assert.Single(kiosk.Answers);
        Assert.Single(thief.Answers);
        Assert.Empty(kiosk.Commands);
        Assert.All(thief.Others, message => Assert.StartsWith("reception/v1/device/bench-3/", message.Topic, StringComparison.Ordinal));
        Assert.All(kiosk.Halls, hall => Assert.True(hall.Payload.Length > 2));
    }

    [Fact]
    public async Task A_stream_on_which_nothing_is_to_be_seen_says_every_15_seconds_that_it_lives()
    {
        await using var rater = await Hall.ConnectAsync("rater-1");
        await using var stream = await Hall.Anyone.ListenAsync();
        await stream.UntilAsync(one => one.Name == "hall");
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(2));
        var started = TimeProvider.System.GetTimestamp();
        while (stream.Comments == 0 && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(25))
        {
            // A press of nobody is for leaders to see.
            (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5, timeKnown = false })).Ok();
            await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, stream.Comments);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 12, 22);
        Assert.Single(stream.Seen);
    }
}
