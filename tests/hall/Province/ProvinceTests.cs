using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Province;

namespace Reception.Hall.Tests.Province;

/// <summary>Guards promise 5: every event reaches the province at least once, in order, with a stable id.</summary>
public sealed class ProvinceTests
{
    [Fact]
    public async Task What_happens_in_the_hall_arrives_in_order_with_the_journals_chain()
    {
        await using var province = await ScriptedProvince.StartAsync();
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        var ticket = (await hub.TakeAsync("HT")).Id.ToString();
        var officer = await hub.SignInAsync("cb01", 1);
        foreach (var command in new[] { "call-next", "start", "finish", "pause" })
        {
            await hub.CommandAsync(officer, 1, command);
        }

        var events = await ArrivedAsync(province, hub);

        Assert.Equal(Forwarded(hub), events.Select(one => (Text(one, "sequence"), Text(one, "type"), Text(one, "chain"))));
        Assert.Equal(
            ["configuration.changed", "ticket.issued", "duty.started", "ticket.called", "ticket.started", "ticket.served", "counter.paused"],
            events.Select(one => Text(one, "type")["vn.reception.".Length..]));
        Assert.Equal(["H55.242", ticket, "1", ticket, ticket, ticket, "1"], events.Select(one => Text(one, "subject")));
        Assert.Equal(events.Count, events.Select(one => Text(one, "id")).Distinct().Count());
        Assert.All(events, one => Assert.Equal("urn:reception:H55.242", Text(one, "source")));
        Assert.All(events, one => Assert.False(one.GetProperty("data").TryGetProperty("link", out _)));
        var served = events[5].GetProperty("data");
        Assert.Equal(("served", "cb01", Text(events[3], "sequence")), (Text(served, "state"), Text(served, "officer"), served.GetProperty("visit").GetRawText()));
        Assert.Equal(["0", .. events.SkipLast(1).Select(one => Text(one, "sequence"))], events.Select(one => Text(one, "after")));
        Assert.Single(events.Select(one => Text(one, "journal")).Distinct());
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task A_hub_killed_before_the_answer_sends_the_same_bytes_under_the_same_key()
    {
        await using var province = await ScriptedProvince.StartAsync();
        province.Answers(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        await hub.TakeAsync("HT");
        var first = await province.NextAsync();
        await hub.TakeAsync("CT");

        await hub.KillHubAsync();
        await hub.StartHubAsync();

        var again = await province.NextAsync();
        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Body, again.Body);
        var rest = await ArrivedAsync(province, hub);
        Assert.Equal(Forwarded(hub).Select(row => row.Sequence), again.Events.Concat(rest).Select(one => Text(one, "sequence")));
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task The_hall_works_while_the_line_is_down_and_all_of_it_arrives_afterwards()
    {
        await using var province = await ScriptedProvince.StartAsync();
        await province.CloseAsync();
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        for (var person = 0; person < 5; person++)
        {
            await hub.TakeAsync("HT");
        }

        await EventuallyAsync(hub, null, "/readyz", page => page.Contains("could not be reached", StringComparison.Ordinal));
        await province.OpenAsync();

        var events = await ArrivedAsync(province, hub);
        Assert.Equal(Forwarded(hub).Select(row => row.Sequence), events.Select(one => Text(one, "sequence")));
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task A_refused_event_is_shown_and_an_administrator_alone_sends_it_again()
    {
        await using var province = await ScriptedProvince.StartAsync();
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        await province.NextAsync();
        province.Answers(async context =>
        {
            context.Response.StatusCode = 422;
            await context.Response.Body.WriteAsync("unknown-field"u8.ToArray(), context.RequestAborted);
        });
        await hub.TakeAsync("HT");
        var refused = await province.NextAsync();
        var leader = await hub.SignInAsync("ld01", null);
        var administrator = await hub.SignInAsync("qt01", null);
        await EventuallyAsync(hub, leader, "/devices", page => page.Contains("unknown-field", StringComparison.Ordinal));

        var sequence = Text(Assert.Single(refused.Events), "sequence");
        Assert.Equal(HttpStatusCode.Forbidden, await AgainAsync(hub, leader, sequence));
        Assert.Equal(HttpStatusCode.Found, await AgainAsync(hub, administrator, sequence));

        var again = await province.NextAsync();
        Assert.Equal(refused.Body, again.Body);
        Assert.NotEqual(refused.Key, again.Key);
        await EventuallyAsync(hub, administrator, "/devices", page => !page.Contains("unknown-field", StringComparison.Ordinal));
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task A_province_that_refuses_everything_raises_an_alarm_and_an_administrator_alone_sends_all_again()
    {
        await using var province = await ScriptedProvince.StartAsync();
        province.Always = _ => 400;
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        for (var person = 0; person < 6; person++)
        {
            await hub.TakeAsync("HT");
        }

        var leader = await hub.SignInAsync("ld01", null);
        var administrator = await hub.SignInAsync("qt01", null);
        await EventuallyAsync(hub, leader, "/devices", page => page.Contains("Tỉnh từ chối liên tiếp", StringComparison.Ordinal));
        Assert.Equal(5, Parked(hub));
        Assert.DoesNotContain("Gửi lại tất cả", (await hub.SendAsync(leader, HttpMethod.Get, "/devices")).Text, StringComparison.Ordinal);
        Assert.Contains("Gửi lại tất cả", (await hub.SendAsync(administrator, HttpMethod.Get, "/devices")).Text, StringComparison.Ordinal);

        province.Always = null;
        Assert.Equal(HttpStatusCode.Forbidden, (await hub.SendAsync(leader, HttpMethod.Post, "/devices/province/again/all", null)).Status);
        Assert.Equal(HttpStatusCode.Found, (await hub.SendAsync(administrator, HttpMethod.Post, "/devices/province/again/all", null)).Status);

        await EventuallyAsync(hub, administrator, "/devices", page => !page.Contains("Tỉnh từ chối liên tiếp", StringComparison.Ordinal));
        await Eventually.TrueAsync(() => Task.FromResult(Parked(hub) == 0), () => $"{Parked(hub)} parked");
        Assert.Empty(hub.Errors);
    }

    [Fact]
    public async Task A_wrong_address_is_an_alarm_on_the_page_and_the_hall_stays_ready()
    {
        await using var province = await ScriptedProvince.StartAsync();
        province.Always = _ => 403;
        await using var hub = await RunningHall.StartAsync(province: province.Address);
        await hub.TakeAsync("HT");
        var leader = await hub.SignInAsync("ld01", null);

        await EventuallyAsync(hub, leader, "/devices", page => page.Contains("answered 403", StringComparison.Ordinal));
        var (status, checks) = await hub.SendAsync(null, HttpMethod.Get, "/readyz");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("answered 403", checks, StringComparison.Ordinal);
        Assert.Empty(hub.Errors);
    }

    /// <summary>All events of what comes until the newest row of the journal is there.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ArrivedAsync(ScriptedProvince province, RunningHall hub)
    {
        var newest = Forwarded(hub)[^1].Sequence;
        var events = new List<JsonElement>();
        while (events.Count == 0 || Text(events[^1], "sequence") != newest)
        {
            events.AddRange((await province.NextAsync()).Events);
        }

        return events;
    }

    private static List<(string Sequence, string Type, string Chain)> Forwarded(RunningHall hub)
    {
        using var journal = new SqliteConnection($"Data Source={Path.Combine(hub.Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        journal.Open();
        using var command = journal.CreateCommand();
        command.CommandText = "SELECT sequence, kind, chain FROM journal WHERE kind NOT IN ('day.opened', 'setup.changed', 'audit.added') ORDER BY sequence";
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string, string)>();
        while (reader.Read())
        {
            rows.Add((
                reader.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                "vn.reception." + reader.GetString(1),
                Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2))));
        }

        return rows;
    }

    private static long Parked(RunningHall hub)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(hub.Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT count(*) FROM province_parked";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<HttpStatusCode> AgainAsync(RunningHall hub, string cookie, string sequence)
    {
        using var form = new FormUrlEncodedContent([new("sequence", sequence)]);
        return (await hub.SendAsync(cookie, HttpMethod.Post, "/devices/province/again", form)).Status;
    }

    private static async Task EventuallyAsync(RunningHall hub, string? cookie, string path, Func<string, bool> holds)
    {
        var page = "";
        await Eventually.TrueAsync(async () => holds(page = (await hub.SendAsync(cookie, HttpMethod.Get, path)).Text), () => page);
    }

    private static string Text(JsonElement one, string property) => one.GetProperty(property).GetString()!;
}
