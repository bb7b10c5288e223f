using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hall.Tests;

/// <summary>The hub killed with SIGKILL and the broker restarted: nothing answered is lost, nothing happens twice.</summary>
public sealed class RestartTests(RestartTests.SmallHall shared) : HallTest(shared), IClassFixture<RestartTests.SmallHall>
{

    [Fact]
    public async Task Killed_under_load_it_keeps_every_answered_ticket_and_gives_no_number_twice()
    {
        var place = Hall.NextPlace();
        var answered = new ConcurrentDictionary<string, byte[]>();
        for (var kill = 0; kill < 3; kill++)
        {
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(1, 4).Select(bench => TakeUntilKilledAsync($"bench-{bench}", place.Service, answered, stop.Token)).ToArray();
            var want = answered.Count + 40;
            await Eventually.TrueAsync(() => answered.Count >= want, () => $"{answered.Count} answered");
            await Hall.KillHubAsync();
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await Hall.StartHubAsync();
        }

        await DemandAllKeptAsync(place.Service, answered);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_visit_everything_goes_on()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var kiosk = await Hall.ConnectAsync("kiosk-1");
        var request = Guid.CreateVersion7();
        var taken = await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, request);
        await kiosk.TakeNumberAsync(place.Service);
        var called = await officer.AtAsync(place.Counter, "call-next", key: "call");
        (await officer.AtAsync(place.Counter, "start")).Ok();
        await using var rater = await Hall.ConnectAsync(place.Rater);
        rater.SendPresence();
        var pressedAt = TimeProvider.System.GetUtcNow();
        (await officer.AtAsync(place.Counter, "finish")).Ok();
        await rater.CommandAsync(CommandTypes.RatingOpen);

        await Hall.KillHubAsync();
        await Hall.StartHubAsync();

        // A rater keeps a press until it is answered.
        var press = Guid.CreateVersion7();
        var attributed = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, press, pressedAt);
        Assert.True(attributed.Ok().GetProperty("attributed").GetBoolean());
        Assert.Equal(attributed.Bytes, (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, press, pressedAt)).Bytes);
        var day = (await Hall.Anyone.GetAsync("/api/v1/hall")).Ok().GetProperty("day").GetString();
        var row = (await leader.GetAsync($"/api/v1/statistics/officers?from={day}&to={day}")).Ok().GetProperty("officers").EnumerateArray()
            .Single(row => row.GetProperty("officer").GetProperty("code").GetString() == place.Officer);
        Assert.Equal("1 1 1", $"{row.GetProperty("served")} {row.GetProperty("rated")} {row.GetProperty("levels").GetProperty("5")}");
        Assert.Contains(
            (await leader.GetAsync($"/api/v1/ratings?from={day}&to={day}&officer={place.Officer}")).Ok().GetProperty("ratings").EnumerateArray(),
            rating => rating.GetProperty("id").GetGuid() == press && rating.GetProperty("attributed").GetBoolean());

        Assert.Equal(taken.Bytes, (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = place.Service, lane = "normal" }, request)).Bytes);
        Assert.Equal(called.Bytes, (await officer.AtAsync(place.Counter, "call-next", key: "call")).Bytes);
        Assert.Equal(place.Number(2), (await officer.AtAsync(place.Counter, "call-next")).Ok().GetProperty("ticket").GetProperty("number").GetString());
        Assert.Equal(200, (await leader.GetAsync("/api/v1/devices")).Status);
        Assert.Equal(place.Number(3), (await kiosk.TakeNumberAsync(place.Service)).GetProperty("number").GetString());
        DemandWholeChain();
    }

    [Fact]
    public async Task After_a_restart_a_device_is_away_until_it_is_heard()
    {
        var place = Hall.NextPlace();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var rater = await Hall.ConnectAsync(place.Rater);
        rater.SendPresence();
        await Eventually.TrueAsync(async () => await OnlineAsync(leader, place.Rater), () => "not online");
        await Hall.RestartHubAsync();

        Assert.False(await OnlineAsync(leader, place.Rater));
        rater.SendPresence();
        await Eventually.TrueAsync(async () => await OnlineAsync(leader, place.Rater), () => "not online");
    }

    private static async Task<bool> OnlineAsync(ApiClient leader, string device) =>
        (await leader.GetAsync("/api/v1/devices")).Ok().EnumerateArray().Single(one => one.GetProperty("id").GetString() == device).GetProperty("online").GetBoolean();

    /// <summary>Takes numbers, each with a key of its own, until the hub is no more.</summary>
    private async Task TakeUntilKilledAsync(string device, string service, ConcurrentDictionary<string, byte[]> answered, CancellationToken stop)
    {
        var client = Hall.Client(device);
        while (!stop.IsCancellationRequested)
        {
            var key = $"{device}/{Guid.CreateVersion7()}";
            try
            {
                var answer = await client.PostAsync("/api/v1/tickets", new { service, lane = "normal" }, key);
                Assert.True(answer.Status == 201, answer.Text);
                answered[key] = answer.Bytes;
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException)
            {
                // Killed in the middle: nobody was told anything.
                return;
            }
        }
    }

    private async Task DemandAllKeptAsync(string service, IReadOnlyDictionary<string, byte[]> answered)
    {
        Assert.Equal(0, Hall.Query<long>("SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY day, number HAVING count(*) > 1)"));
        var tickets = Hall.Query<long>("SELECT count(*) FROM ticket");
        foreach (var (key, body) in answered)
        {
            var client = Hall.Client(key.Split('/')[0]);
            Assert.Equal(body, (await client.PostAsync("/api/v1/tickets", new { service, lane = "normal" }, key)).Bytes);
            var ticket = JsonSerializer.Deserialize<JsonElement>(body);
            var kept = (await client.GetAsync($"/api/v1/tickets/{ticket.GetProperty("id")}")).Ok();
            Assert.Equal(ticket.GetProperty("number").GetString(), kept.GetProperty("number").GetString());
        }

        Assert.Equal(tickets, Hall.Query<long>("SELECT count(*) FROM ticket"));
        Assert.Equal(tickets, Hall.Query<long>("SELECT count(*) FROM journal WHERE kind = 'ticket.issued'"));
        DemandWholeChain();
    }

    private void DemandWholeChain()
    {
        using var journal = Hall.Journal();
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

    /// <summary>A hall of these tests alone: it is killed again and again.</summary>
    public sealed class SmallHall() : SharedHall(8);
}
