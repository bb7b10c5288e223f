using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Reception.Hall.Tests.Dashboard;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Broker;

/// <summary>The hub's broker, over the wire: who is accepted, what each may do, and that nobody is hurt by another.</summary>
public sealed class BrokerTests(SharedHall shared) : HallTest(shared), IClassFixture<SharedHall>
{
    private const int Accepted = 0;
    private const int BadIdentifier = 2;
    private const int Unavailable = 3;
    private const int BadCredentials = 4;

    [Fact]
    public async Task A_client_of_MQTT_3_1_1_takes_a_number_and_hears_its_answer_and_the_hall()
    {
        await using var client = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await client.ConnectAsync("", "bench-1", Hall.Secret("bench-1")));
        await client.SubscribeAsync(Topics.Answer("bench-1"), 0);
        Assert.Equal((0x90, 0), await SubackAsync(client));
        await client.PublishOnceAsync(Topics.Report("bench-1"), TakeNumber(Hall.NextPlace().Service), 7);

        var (types, answer) = (new List<int>(), "");
        while (answer.Length == 0)
        {
            var packet = await client.ReadAsync();
            types.Add(packet!.Value.Type & 0xF0);
            answer = (packet.Value.Type & 0xF0) == 0x30 ? Encoding.UTF8.GetString(packet.Value.Body) : "";
        }

        Assert.Contains("\"stored\":true", answer, StringComparison.Ordinal);
        await client.SubscribeAsync(Topics.Hall, 0);
        var heard = new List<string>();
        while (!heard.Exists(text => text.Contains("\"counters\"", StringComparison.Ordinal)))
        {
            heard.Add(Encoding.UTF8.GetString((await client.ReadAsync())!.Value.Body));
        }
    }

    [Theory]
    [InlineData("ghost-1", "secret")]
    [InlineData("bench-1", "wrong")]
    [InlineData("bench-1", null)]
    [InlineData("hub", "secret")]
    [InlineData(null, null)]
    public async Task Who_is_not_registered_or_has_another_secret_is_not_accepted(string? user, string? secret)
    {
        await using var client = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(BadCredentials, await client.ConnectAsync("client", user, secret));
        Assert.Null(await client.ReadAsync());
    }

    [Fact]
    public async Task The_same_client_id_takes_over_from_its_own_device_and_never_from_another()
    {
        await using var first = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await first.ConnectAsync("same", "bench-3", Hall.Secret("bench-3")));
        await using var foreign = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(BadIdentifier, await foreign.ConnectAsync("same", "bench-4", Hall.Secret("bench-4")));
        await using var second = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await second.ConnectAsync("same", "bench-3", Hall.Secret("bench-3")));

        await first.EndedAsync();
        await second.SendAsync(0xC0, []);
        Assert.Equal(0xD0, (await second.ReadAsync())!.Value.Type);
    }

    [Fact]
    public async Task A_rater_that_is_connected_by_two_clients_has_a_fault_while_both_are()
    {
        var rater = Hall.NextPlace().Rater;
        var leader = await Hall.SignInAsync(HallPlan.Leader, null);
        await using var first = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await first.ConnectAsync("one", rater, Hall.Secret(rater)));
        await using (var second = await RawClient.OpenAsync(Hall.MqttPort))
        {
            Assert.Equal(Accepted, await second.ConnectAsync("two", rater, Hall.Secret(rater)));
            Assert.Contains("two-sessions", await FaultsAsync(), StringComparison.Ordinal);
        }

        await Eventually.TrueAsync(async () => !(await FaultsAsync()).Contains("two-sessions", StringComparison.Ordinal), () => "the fault stayed");
        await Eventually.TrueAsync(
            async () => (await Hall.AskAsync("/dashboard/patterns.csv?lang=en", leader)).Body.Contains($"{rater} had two sessions at once: 1×", StringComparison.Ordinal),
            () => "the second session is not on record");

        async Task<string> FaultsAsync() => (await Hall.JsonAsync("/api/v1/devices", leader)).EnumerateArray()
            .Single(device => device.GetProperty("id").GetString() == rater).GetProperty("faults").GetRawText();
    }

    [Fact]
    public async Task A_device_has_four_connections_at_most()
    {
        var clients = new List<RawClient>();
        for (var number = 1; number <= 5; number++)
        {
            clients.Add(await RawClient.OpenAsync(Hall.MqttPort));
            Assert.Equal(number <= 4 ? Accepted : Unavailable, await clients[^1].ConnectAsync($"c{number}", "bench-5", Hall.Secret("bench-5")));
        }

        await clients[0].DisposeAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                await using var again = await RawClient.OpenAsync(Hall.MqttPort);
                return await again.ConnectAsync("c6", "bench-5", Hall.Secret("bench-5")) == Accepted;
            },
            () => "no fifth connection after the first had ended");
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_will_on_a_foreign_topic_reaches_no_one()
    {
        await using var listener = await Hall.ConnectAsync("bench-6", Topics.Presence("bench-6"));
        var thief = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await thief.ConnectAsync("thief", "bench-7", Hall.Secret("bench-7"), (Topics.Presence("bench-6"), "planted")));
        await thief.DisposeAsync();
        var before = listener.Halls.Count;
        await Hall.NextPlace().TakeNumberAsync();
        await Eventually.TrueAsync(() => listener.Halls.Count > before, () => "the hall was silent");

        Assert.Empty(listener.Others);
    }

    [Fact]
    public async Task A_packet_that_is_too_large_ends_its_connection_and_no_other()
    {
        await using var other = await Hall.ConnectAsync("bench-2");
        await using var client = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await client.ConnectAsync("", "bench-1", Hall.Secret("bench-1")));
        // A PUBLISH that says it has 268,435,455 bytes.
        await client.SendBytesAsync([0x30, 0xFF, 0xFF, 0xFF, 0x7F]);
        await client.EndedAsync();

        await using var stranger = await RawClient.OpenAsync(Hall.MqttPort);
        await stranger.SendBytesAsync([0x10, 0xFF, 0xFF, 0x7F]);
        await stranger.EndedAsync();
        (await other.TakeNumberAsync(Hall.NextPlace().Service)).GetProperty("number");
    }

    [Fact]
    public async Task A_device_that_floods_is_slowed_and_loses_nothing_and_the_others_are_served()
    {
        var place = Hall.NextPlace();
        await using var other = await Hall.ConnectAsync(place.Rater);
        await using var flood = await Hall.ConnectAsync("bench-8");
        var watch = Stopwatch.StartNew();
        var reports = Enumerable.Range(0, 800).Select(_ => flood.Send(ReportTypes.DeviceFault, new { code = "again", message = "again" })).ToList();
        (await other.AskAsync(ReportTypes.DeviceFault, new { code = "calm", message = "once" })).Ok();
        var asked = watch.Elapsed;

        await Eventually.TrueAsync(() => flood.Answers.Count == reports.Count, () => $"{flood.Answers.Count} of {reports.Count} answered");

        // 200 at once, and 50 a second for the others.
        Assert.InRange(watch.Elapsed.TotalSeconds, 10, 60);
        Assert.True(asked < watch.Elapsed, $"the calm device was answered after {asked}, the flood after {watch.Elapsed}");
        Assert.Equal(reports, flood.Answers.Select(answer => answer.Report));
        var leader = await Hall.SignInAsync(HallPlan.Leader, null);
        var faults = (await Hall.JsonAsync("/api/v1/devices", leader)).EnumerateArray()
            .Where(device => device.GetProperty("faults").GetRawText().Contains("\"flood\"", StringComparison.Ordinal)).Select(device => device.GetProperty("id").GetString());
        Assert.Equal(["bench-8"], faults);
    }

    [Fact]
    public async Task A_client_that_acknowledges_nothing_is_ended_once_a_thousand_messages_wait()
    {
        await using var deaf = await RawClient.OpenAsync(Hall.MqttPort);
        Assert.Equal(Accepted, await deaf.ConnectAsync("", "bench-1", Hall.Secret("bench-1")));
        await deaf.SubscribeAsync(Topics.Answer("bench-1"), 1);
        Assert.Equal((0x90, 1), await SubackAsync(deaf));
        await using var talker = await Hall.ConnectAsync("bench-1");
        var ended = deaf.EndedAsync();
        var sent = 0;
        while (!ended.IsCompleted && sent < 3000)
        {
            var batch = Enumerable.Range(0, 100).Select(_ => talker.Send(ReportTypes.DeviceFault, new { code = "deaf", message = "again" })).ToList();
            sent += batch.Count;
            await Eventually.TrueAsync(() => talker.Answers.Count == sent, () => $"{talker.Answers.Count} of {sent}", TimeSpan.FromSeconds(30));
        }

        await ended.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.InRange(sent, 1000, 1200);
        Assert.True(talker.IsConnected);
    }

    [Fact]
    public async Task Connections_that_say_nothing_shut_no_device_out()
    {
        var idle = new List<RawClient>();
        for (var number = 0; number < 1_050; number++)
        {
            idle.Add(await RawClient.OpenAsync(Hall.MqttPort));
        }

        await using (var device = await Hall.ConnectAsync("bench-2"))
        {
            (await device.AskAsync(ReportTypes.DeviceFault, new { code = "calm", message = "once" })).Ok();
        }

        await idle[0].EndedAsync();
        foreach (var client in idle)
        {
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_retained_presence_is_kept_whole_whatever_comes_after_it()
    {
        var place = Hall.NextPlace();
        await using var rater = await Hall.ConnectAsync(place.Rater);
        rater.SendPresence();
        for (var number = 0; number < 150; number++)
        {
            rater.Send(ReportTypes.DeviceFault, new { code = "noise", message = new string('x', 900) });
        }

        await Eventually.TrueAsync(() => rater.Answers.Count == 150, () => $"{rater.Answers.Count} answered");
        await using var again = await Hall.ConnectAsync(place.Rater, Topics.Presence(place.Rater));
        await Eventually.TrueAsync(() => again.Others.Count == 1, () => "no presence was kept");
        Assert.Equal(rater.Session, JsonSerializer.Deserialize<JsonElement>(again.Others.Single().Payload.Span).GetProperty("session").GetGuid());
    }

    private static async Task<(int Type, int Granted)> SubackAsync(RawClient client)
    {
        var packet = (await client.ReadAsync())!.Value;
        return (packet.Type, packet.Body[2]);
    }

    private static byte[] TakeNumber(string service) => ProtocolJson.Write(new
    {
        id = Guid.CreateVersion7(),
        sequence = 1,
        at = TimeProvider.System.GetUtcNow(),
        type = ReportTypes.TicketRequest,
        data = new { service, lane = "normal" },
    });
}
