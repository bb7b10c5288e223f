using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Session;
using Reception.Protocol;
using Reception.Rater.Rating;
using Reception.Unit.Tests.Clocks;
using Reception.Unit.Tests.Device;

namespace Reception.Unit.Tests.Rater;

/// <summary>The rater's screen and reports between the hall, a finger and the clock.</summary>
public sealed class RatingDeskTests : IAsyncLifetime
{
    private readonly OutboxOnDisk _disk = new();
    private RatingDesk _desk = null!;

    private ManualTimeProvider Clock => _disk.Clock;

    public ValueTask InitializeAsync()
    {
        _desk = new RatingDesk(1, _disk.Outbox, Clock, NullLogger<RatingDesk>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _desk.Dispose();
        await _disk.DisposeAsync();
    }

    [Fact]
    public void Faces_are_shown_while_serving_while_invited_and_while_the_hub_is_away()
    {
        Assert.Equal(RaterMode.Faces, _desk.View.Mode);
        See(serving: null);
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
        See(serving: "A012");
        Assert.Equal((RaterMode.Faces, "A012"), (_desk.View.Mode, _desk.View.Number));
        See(serving: null);
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
        Invite("A012");
        Assert.Equal((RaterMode.Faces, "A012"), (_desk.View.Mode, _desk.View.Number));
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
    }

    [Fact]
    public async Task A_press_on_an_invitation_names_its_ticket_and_is_thanked_for()
    {
        See(serving: null);
        var ticket = Invite("A012");
        var view = _desk.Press(5);

        Assert.Equal((RaterMode.Thanks, 5), (view.Mode, view.Level));
        var report = Assert.Single(await ReportsAsync());
        Assert.Equal(ticket, report.Data.GetProperty("ticket").GetGuid());
        Assert.Equal(5, report.Data.GetProperty("level").GetInt32());
    }

    [Fact]
    public async Task A_press_while_serving_names_no_ticket_and_is_not_invited_again_at_the_end()
    {
        See(serving: "A012");
        _desk.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
        See(serving: null);
        Invite("A012");
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
        See(serving: null, calling: "A013");
        See(serving: "A013");
        Assert.Equal(RaterMode.Faces, _desk.View.Mode);
        Assert.False(Assert.Single(await ReportsAsync()).Data.TryGetProperty("ticket", out _));
    }

    [Fact]
    public async Task A_double_press_is_one_report()
    {
        See(serving: "A012");
        _desk.Press(4);
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        _desk.Press(5);
        Assert.Equal(4, _desk.View.Level);
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task A_rating_is_changed_within_five_seconds_and_not_after()
    {
        See(serving: null);
        var ticket = Invite("A012");
        _desk.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RaterMode.Faces, _desk.ChangeMind().Mode);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((RaterMode.Thanks, 2), (_desk.Press(2).Mode, _desk.View.Level));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _desk.Press(5).Level);

        var reports = await ReportsAsync();
        Assert.Equal([4, 2], reports.Select(report => report.Data.GetProperty("level").GetInt32()));
        Assert.All(reports, report => Assert.Equal(ticket, report.Data.GetProperty("ticket").GetGuid()));
    }

    [Fact]
    public async Task A_mind_changed_back_is_no_second_report_and_an_unused_change_keeps_the_first()
    {
        See(serving: "A012");
        _desk.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.ChangeMind();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RaterMode.Thanks, _desk.Press(4).Mode);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.ChangeMind();
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotEqual(RaterMode.Faces, _desk.View.Mode);
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task A_reason_names_the_rating_by_its_first_press_and_the_last_one_counts()
    {
        See(serving: "A012");
        _desk.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.Press(1);
        Clock.Advance(TimeSpan.FromSeconds(10));
        _desk.GiveReason("wait");
        Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.GiveReason("wait");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("papers", _desk.GiveReason("papers").Reason);

        var reports = await ReportsAsync();
        Assert.Equal(["rating.pressed", "rating.pressed", "rating.reasoned", "rating.reasoned"], reports.Select(report => report.Type));
        Assert.All(reports[2..], reason => Assert.Equal(reports[0].Id, reason.Data.GetProperty("rating").GetGuid()));
        Assert.Equal("papers", reports[3].Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_good_rating_asks_no_reason()
    {
        See(serving: "A012");
        _desk.Press(3);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _desk.GiveReason("wait");
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task With_the_hub_away_citizen_after_citizen_can_rate()
    {
        foreach (var level in new[] { 5, 1, 4 })
        {
            Assert.Equal(RaterMode.Faces, _desk.View.Mode);
            Assert.Equal(RaterMode.Thanks, _desk.Press(level).Mode);
            Clock.Advance(TimeSpan.FromSeconds(26));
        }

        Assert.Equal(3, (await ReportsAsync()).Count);
    }

    [Fact]
    public void Reasons_make_way_when_the_next_is_served()
    {
        See(serving: "A012");
        _desk.Press(1);
        Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(RaterMode.Thanks, _desk.View.Mode);
        See(serving: null, calling: "A013");
        Assert.Equal(RaterMode.Thanks, _desk.View.Mode);
        See(serving: "A013");
        Assert.Equal(RaterMode.Faces, _desk.View.Mode);
    }

    [Fact]
    public void An_invitation_that_was_closed_or_overtaken_is_no_more()
    {
        See(serving: null);
        var ticket = Invite("A012");
        Carry(CommandTypes.RatingClose, new { ticket });
        Assert.Equal(RaterMode.Idle, _desk.View.Mode);
        Invite("A012");
        See(serving: "A013");
        Assert.Equal("A013", _desk.View.Number);
    }

    [Fact]
    public async Task A_press_that_the_disk_does_not_take_is_not_thanked_for()
    {
        See(serving: "A012");
        Execute("CREATE TRIGGER full BEFORE INSERT ON fact BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
        var view = _desk.Press(5);
        Assert.Equal((RaterMode.Faces, true), (view.Mode, view.IsNotKept));
        Execute("DROP TRIGGER full");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((RaterMode.Thanks, false), (_desk.Press(5).Mode, _desk.View.IsNotKept));
        Assert.Single(await ReportsAsync());
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_disk.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<List<Report>> ReportsAsync()
    {
        var reports = new List<Report>();
        _disk.Outbox.Linked(true);
        while (_disk.Outbox.Waiting > 0)
        {
            reports.Add(await _disk.NextSentAsync());
            _disk.Answer(reports[^1].Id);
        }

        return reports;
    }

    private void See(string? serving, string? calling = null) => _desk.See(new DeviceState(IsLinked: true, IsHubAway: false, new HallDocument
    {
        Site = new SiteDocument("H55.242", "Một cửa"),
        Day = new DateOnly(2026, 11, 23),
        At = Clock.GetUtcNow(),
        Version = 1,
        Services = [],
        Counters = [new HallCounter { Number = 1, State = "open", Serving = serving, Calling = calling, Officer = "cb01", Waiting = 0 }],
        Calls = [],
    }));

    private Guid Invite(string number)
    {
        var ticket = Guid.NewGuid();
        Carry(CommandTypes.RatingOpen, new { ticket, number, seconds = 60 });
        return ticket;
    }

    private void Carry(string type, object data) => _desk.CarryOut(new Command
    {
        Id = Guid.NewGuid(),
        At = Clock.GetUtcNow(),
        Type = type,
        Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
    });
}
