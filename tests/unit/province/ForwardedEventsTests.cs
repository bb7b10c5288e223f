using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Province;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Province;

/// <summary>What the province gets of a real hall.</summary>
public sealed class ForwardedEventsTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void An_event_of_a_visit_names_officer_counter_call_and_day()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var ticket = _hall.Take();
        _hall.Must(new CallNext(1, WritingHall.Anh, null));
        var call = _hall.Version;
        _hall.Must(new StartService(1, WritingHall.Anh));
        _hall.Finish();

        var data = Data("ticket.issued");
        Assert.False(data.TryGetProperty("visit", out _));
        foreach (var kind in new[] { "ticket.called", "ticket.started", "ticket.served" })
        {
            data = Data(kind);
            Assert.Equal((ticket, "cb01", 1, call, "2026-11-23"), (
                data.GetProperty("id").GetGuid(), data.GetProperty("officer").GetString(), data.GetProperty("counter").GetInt32(),
                data.GetProperty("visit").GetInt64(), data.GetProperty("day").GetString()));
            Assert.Equal(call, _hall.Query<long>("SELECT id FROM stay"));
        }
    }

    [Fact]
    public void A_ticket_that_is_transferred_and_called_again_has_two_visits()
    {
        _hall.SignIn(1, WritingHall.Anh);
        _hall.SignIn(2, WritingHall.Binh);
        _hall.Take("CT");
        _hall.Must(new CallNext(1, WritingHall.Anh, null));
        var first = _hall.Version;
        _hall.Must(new TransferTicket(1, WritingHall.Anh, null, 2));
        _hall.Must(new CallNext(2, WritingHall.Binh, null));
        var second = _hall.Version;

        Assert.Equal(("cb01", 1, first), Visit(Data("ticket.transferred")));
        Assert.Equal(("cb02", 2, second), Visit(Data("ticket.called")));
    }

    [Fact]
    public void An_event_of_no_visit_has_the_day_alone()
    {
        var ticket = _hall.Take();
        _hall.Must(new CancelTicket(ticket, null, "withdrawn"));

        var data = Data("ticket.cancelled");
        Assert.Equal(JsonValueKind.Null, data.GetProperty("visit").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.GetProperty("officer").ValueKind);
        Assert.Equal("2026-11-23", data.GetProperty("day").GetString());
    }

    [Fact]
    public void A_rating_names_day_officer_counter_service_and_visit_where_it_is_attributed()
    {
        _hall.SignIn(1, WritingHall.Anh);
        _hall.Serve();
        _hall.Press(5);

        var data = Data("rating.recorded");
        Assert.Equal(("cb01", 1, _hall.Query<long>("SELECT id FROM stay")), Visit(data));
        Assert.Equal(("HT", "2026-11-23", false), (data.GetProperty("service").GetString(), data.GetProperty("day").GetString(), data.GetProperty("late").GetBoolean()));
        Assert.True(data.TryGetProperty("arrivedAt", out _));

        _hall.Press(1, counter: 2);
        data = Data("rating.recorded");
        Assert.Equal((JsonValueKind.Null, "2026-11-23"), (data.GetProperty("visit").ValueKind, data.GetProperty("day").GetString()));
    }

    [Fact]
    public void The_first_day_and_each_change_of_the_public_catalogue_is_told_as_it_was_then()
    {
        _hall.Change("\"Bình\"", "\"Bình An\"");
        _hall.Change("\"Chứng thực\"", "\"Chứng thực bản sao\"");

        var told = Events().Where(one => one.Type == "vn.reception.configuration.changed").Select(one => Json(one)).ToList();
        Assert.Equal(["Bình", "Bình An", "Bình An"], told.Select(one => Named(one, "officers", "cb02")));
        Assert.Equal(["Chứng thực", "Chứng thực", "Chứng thực bản sao"], told.Select(one => Named(one, "services", "CT")));
        Assert.Equal(["site", "services", "procedures", "counters", "officers"], told[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(["code", "name"], told[0].GetProperty("officers")[0].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void A_change_that_the_public_catalogue_does_not_show_is_not_told()
    {
        var before = Events().Count;
        _hall.Change("\"name\":\"Anh\"", "\"name\":\"Anh\",\"photo\":\"anh.jpg\"");
        _hall.Change("\"name\":\"Lan\"", "\"name\":\"Lan Anh\"");

        Assert.Equal(before, Events().Count);
    }

    [Fact]
    public void Another_day_with_the_same_catalogue_does_not_tell_it_again()
    {
        _hall.Clock.Advance(TimeSpan.FromDays(1));
        _hall.Commit();
        Assert.Equal(2L, _hall.Query<long>("SELECT count(*) FROM journal WHERE kind = 'day.opened'"));

        Assert.Single(Events(), one => one.Type == "vn.reception.configuration.changed");
    }

    [Fact]
    public void The_journal_has_the_digest_of_the_catalogue_that_is_kept_beside_it()
    {
        var body = _hall.Query<string>("SELECT body FROM journal WHERE kind = 'configuration.changed'");
        var catalog = _hall.Query<byte[]>("SELECT catalog FROM configuration");

        Assert.Equal($$"""{"digest":"{{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(catalog))}}"}""", body);
    }

    [Fact]
    public async Task An_officer_and_a_counter_renamed_between_two_tries_keep_the_name_of_the_first()
    {
        await using var province = await ScriptedProvince.StartAsync();
        province.Answers(503);
        var options = new ProvinceOptions { Address = province.Address };
        using var exchange = new Exchange(_hall.Clock);
        using var forwarder = new Forwarder(
            options,
            new ProvinceStore(_hall.Database.OpenReader, write => Task.FromResult(_hall.Execute(new WriteProvince(write)))),
            new JournalPages(_hall.Database.OpenReader),
            new ProvinceLine(options, exchange, _hall.Clock),
            Renderer.Render,
            new ForwarderSignal(),
            _hall.Clock,
            new Random(1),
            NullLogger<Forwarder>.Instance);
        _hall.SignIn(1, WritingHall.Anh);
        await forwarder.StartAsync(CancellationToken.None);
        var first = await province.NextAsync();
        var wait = await _hall.Clock.WaitAsync(TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));

        _hall.Change("\"Anh\"", "\"Ánh\"");
        _hall.Change("\"number\":1,", "\"number\":1,\"name\":\"Một cửa\",");
        _hall.Clock.Advance(wait);

        var again = await province.NextAsync();
        Assert.Equal(first.Key, again.Key);
        Assert.Equal(first.Body, again.Body);
        Assert.Contains("\"name\":\"Anh\"", System.Text.Encoding.UTF8.GetString(again.Body), StringComparison.Ordinal);
        await _hall.Clock.WaitAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        await forwarder.StopAsync(CancellationToken.None);
    }

    private ForwardedEvents Renderer => new(_hall.Renderer, _hall.Book, _hall.Database.OpenReader);

    private List<CloudEvent> Events() =>
        [.. new JournalPages(_hall.Database.OpenReader).After(0, int.MaxValue).Select(Renderer.Render).OfType<CloudEvent>()];

    /// <summary>The data of the newest event of a kind.</summary>
    private JsonElement Data(string kind) => Json(Events().Last(one => one.Type == "vn.reception." + kind));

    private static JsonElement Json(CloudEvent one) => JsonSerializer.Deserialize<JsonElement>(one.Data.Span);

    private static (string?, int, long) Visit(JsonElement data) =>
        (data.GetProperty("officer").GetString(), data.GetProperty("counter").GetInt32(), data.GetProperty("visit").GetInt64());

    private static string? Named(JsonElement catalog, string list, string code) =>
        catalog.GetProperty(list).EnumerateArray().Single(one => one.GetProperty("code").GetString() == code).GetProperty("name").GetString();
}
