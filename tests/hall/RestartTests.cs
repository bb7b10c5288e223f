using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hall.Tests;

/// <summary>The hub killed with SIGKILL and the broker restarted: nothing answered is lost, nothing happens twice.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private const int Counters = 3;
    private RunningHall _hall = null!;

    public async ValueTask InitializeAsync() => _hall = await RunningHall.StartAsync(HallPlan.Json(Counters));

    public async ValueTask DisposeAsync()
    {
        _hall.DemandNoErrors();
        await _hall.DisposeAsync();
    }

    [Fact]
    public async Task Killed_under_load_it_keeps_every_answered_ticket_and_gives_no_number_twice()
    {
        var answered = new ConcurrentDictionary<string, byte[]>();
        var keys = 0;
        for (var kill = 0; kill < 3; kill++)
        {
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(1, 4).Select(bench => LoadAsync(_hall.Client($"bench-{bench}"), bench, stop.Token)).ToArray();
            var want = answered.Count + 40;
            await Eventually.TrueAsync(() => answered.Count >= want, () => $"{answered.Count} answered");
            await _hall.KillHubAsync();
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await _hall.StartHubAsync();
        }

        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY day, number HAVING count(*) > 1)"));
        var tickets = _hall.Query<long>("SELECT count(*) FROM ticket");
        foreach (var (key, body) in answered)
        {
            var bench = key.Split('-')[1];
            var repeat = await _hall.Client($"bench-{bench}").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" }, key);
            Assert.Equal(body, repeat.Bytes);
            var id = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("id").GetString();
            Assert.Equal(200, (await _hall.Client("bench-1").GetAsync($"/api/v1/tickets/{id}")).Status);
        }

        Assert.Equal(tickets, _hall.Query<long>("SELECT count(*) FROM ticket"));
        Assert.Equal(tickets, _hall.Query<long>("SELECT count(*) FROM journal WHERE kind = 'ticket.issued'"));
        DemandWholeChain();

        async Task LoadAsync(ApiClient bench, int number, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var key = $"k-{number}-{Interlocked.Increment(ref keys)}";
                try
                {
                    var answer = await bench.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" }, key);
                    Assert.Equal(201, answer.Status);
                    answered[key] = answer.Bytes;
                }
                catch (HttpRequestException)
                {
                    // Killed in the middle: nobody was told anything.
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_visit_everything_goes_on()
    {
        var officer = await _hall.SignedInAsync("o01", 1);
        var leader = await _hall.SignedInAsync(HallPlan.Leader);
        await using var kiosk = await _hall.ConnectAsync("kiosk-1");
        var request = Guid.CreateVersion7();
        var taken = await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, request);
        await kiosk.TakeNumberAsync("S01");
        var called = await officer.AtAsync(1, "call-next", key: "call");
        (await officer.AtAsync(1, "start")).Ok();
        await using var rater = await _hall.ConnectAsync("rater-1");
        rater.SendPresence();
        var pressedAt = TimeProvider.System.GetUtcNow();
        (await officer.AtAsync(1, "finish")).Ok();
        await rater.CommandAsync(CommandTypes.RatingOpen);

        await _hall.KillHubAsync();
        var press = rater.Send(ReportTypes.RatingPressed, new { level = 5 }, at: pressedAt);
        await _hall.StartHubAsync();

        // What the broker took while no hub was there is lost: a rater keeps a press until it is answered.
        var attributed = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, press, pressedAt);
        Assert.True(attributed.Ok().GetProperty("attributed").GetBoolean());
        Assert.Equal(attributed.Bytes, (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, press, pressedAt)).Bytes);
        Assert.Equal("1 1 1", _hall.Query<string>("SELECT served || ' ' || rated || ' ' || level5 FROM officer_day WHERE officer = 'o01'"));

        Assert.Equal(taken.Bytes, (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, request)).Bytes);
        Assert.Equal(called.Bytes, (await officer.AtAsync(1, "call-next", key: "call")).Bytes);
        Assert.Equal("A002", (await officer.AtAsync(1, "call-next")).Ok().GetProperty("ticket").GetProperty("number").GetString());
        Assert.Equal(200, (await leader.GetAsync("/api/v1/devices")).Status);
        Assert.Equal("A003", (await kiosk.TakeNumberAsync("S01")).GetProperty("number").GetString());
        DemandWholeChain();
    }

    [Fact]
    public async Task After_a_restart_a_retained_presence_alone_makes_no_device_online()
    {
        var leader = await _hall.SignedInAsync(HallPlan.Leader);
        await using var rater = await _hall.ConnectAsync("rater-2");
        rater.SendPresence();
        await Eventually.TrueAsync(async () => await OnlineAsync(leader, "rater-2") == true, () => "not online");
        await _hall.RestartHubAsync();

        // The fault that comes of it shows that the retained presence was read.
        await Eventually.TrueAsync(
            async () => (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Any(device => device.GetProperty("software").ValueKind == JsonValueKind.String),
            () => "no presence was read");
        Assert.False(await OnlineAsync(leader, "rater-2"));
        rater.SendPresence();
        await Eventually.TrueAsync(async () => await OnlineAsync(leader, "rater-2") == true, () => "not online");
    }

    [Fact]
    public async Task While_the_broker_is_away_every_device_is_unknown_and_afterwards_everything_goes_on()
    {
        var officer = await _hall.SignedInAsync("o03", 3);
        var leader = await _hall.SignedInAsync(HallPlan.Leader);
        await using var kiosk = await _hall.ConnectAsync("bench-1");
        await using var rater = await _hall.ConnectAsync("rater-3");
        rater.SendPresence();
        await kiosk.TakeNumberAsync("S03");
        (await officer.AtAsync(3, "call-next")).Ok();
        (await officer.AtAsync(3, "start")).Ok();

        await _hall.KillBrokerAsync();
        await Eventually.TrueAsync(async () => await OnlineAsync(leader, "rater-3") is null, () => "still known");
        Assert.Equal(503, (await _hall.Anyone.GetAsync("/readyz")).Status);
        Assert.Equal(200, (await _hall.Anyone.GetAsync("/healthz")).Status);
        (await officer.AtAsync(3, "finish")).Ok();
        (await _hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = "S03", lane = "normal" })).Ok(201);

        await _hall.StartBrokerAsync();
        await Eventually.TrueAsync(() => kiosk.IsConnected && rater.IsConnected, () => "not connected", TimeSpan.FromSeconds(25));
        await Eventually.TrueAsync(async () => (await _hall.Anyone.GetAsync("/readyz")).Status == 200, () => "not ready", TimeSpan.FromSeconds(25));
        rater.Session = Guid.CreateVersion7();
        rater.SendPresence();
        await rater.CommandAsync(CommandTypes.RatingOpen, data => data.GetProperty("number").GetString() == "C001");
        Assert.Equal("C003", (await kiosk.TakeNumberAsync("S03")).GetProperty("number").GetString());
        Assert.True(await OnlineAsync(leader, "rater-3"));
    }

    private static async Task<bool?> OnlineAsync(ApiClient leader, string device)
    {
        var shown = (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(one => one.GetProperty("id").GetString() == device).GetProperty("online");
        return shown.ValueKind == JsonValueKind.Null ? null : shown.GetBoolean();
    }

    private void DemandWholeChain()
    {
        using var journal = _hall.Journal();
        using var command = journal.CreateCommand();
        command.CommandText = "SELECT sequence, at, day, kind, body, chain FROM journal ORDER BY sequence";
        using var reader = command.ExecuteReader();
        var before = new byte[32];
        var expected = 1L;
        while (reader.Read())
        {
            Assert.Equal(expected++, reader.GetInt64(0));
            before = Chain.Next(before, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4));
            Assert.Equal(before, (byte[])reader.GetValue(5));
        }

        Assert.True(expected > 1);
    }
}
