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
public sealed class RaterScreenStateTests : IAsyncLifetime
{
    private readonly OutboxOnDisk _disk = new();
    private RaterScreenState _state = null!;

    private ManualTimeProvider Clock => _disk.Clock;

    public ValueTask InitializeAsync()
    {
        _state = new RaterScreenState(1, _disk.Outbox, Clock, NullLogger<RaterScreenState>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _state.Dispose();
        await _disk.DisposeAsync();
    }

    [Fact]
    public void Faces_are_shown_while_serving_while_invited_and_while_the_hub_is_away()
    {
        Assert.Equal(RaterMode.Faces, _state.View.Mode);
        See(serving: null);
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        See(serving: "A012");
        Assert.Equal((RaterMode.Faces, "A012"), (_state.View.Mode, _state.View.Number));
        See(serving: null);
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        Invite("A012");
        Assert.Equal((RaterMode.Faces, "A012"), (_state.View.Mode, _state.View.Number));
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
    }

    [Fact]
    public async Task A_press_on_an_invitation_names_its_ticket_and_is_thanked_for()
    {
        See(serving: null);
        var ticket = Invite("A012");
        var view = _state.Press(5);

        Assert.Equal((RaterMode.Thanks, 5), (view.Mode, view.Level));
        var report = Assert.Single(await ReportsAsync());
        Assert.Equal(ticket, report.Data.GetProperty("ticket").GetGuid());
        Assert.Equal(5, report.Data.GetProperty("level").GetInt32());
    }

    [Fact]
    public async Task A_press_while_serving_names_no_ticket_and_is_not_invited_again_at_the_end()
    {
        See(serving: "A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        See(serving: null);
        Invite("A012");
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        See(serving: null, calling: "A013");
        See(serving: "A013");
        Assert.Equal(RaterMode.Faces, _state.View.Mode);
        Assert.False(Assert.Single(await ReportsAsync()).Data.TryGetProperty("ticket", out _));
    }

    [Fact]
    public async Task With_the_hub_away_the_next_citizens_press_does_not_name_the_ticket_that_was_rated()
    {
        See(serving: null);
        Invite("A012");
        _state.Press(4);
        _state.See(new DeviceState(IsLinked: false, IsHubAway: true, Hall: null));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((RaterMode.Faces, null), (_state.View.Mode, _state.View.Number));
        Assert.Equal(RaterMode.Thanks, _state.Press(5).Mode);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(RaterMode.Thanks, _state.Press(3).Mode);

        Assert.Equal([true, false, false], (await ReportsAsync()).Select(report => report.Data.TryGetProperty("ticket", out _)));
    }

    [Fact]
    public void A_number_that_was_rated_is_not_asked_again_while_the_next_is_called_or_its_invitation_is_repeated()
    {
        See(serving: null);
        Invite("A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(6));
        Invite("A012");
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        See(serving: null, calling: "A013");
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
    }

    [Fact]
    public async Task A_double_press_is_one_report()
    {
        See(serving: "A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromMilliseconds(200));
        _state.Press(5);
        Assert.Equal(4, _state.View.Level);
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task A_rating_is_changed_within_five_seconds_and_not_after()
    {
        See(serving: null);
        var ticket = Invite("A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RaterMode.Faces, _state.ChangeMind().Mode);
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((RaterMode.Thanks, 2), (_state.Press(2).Mode, _state.View.Level));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _state.Press(5).Level);

        var reports = await ReportsAsync();
        Assert.Equal([4, 2], reports.Select(report => report.Data.GetProperty("level").GetInt32()));
        Assert.All(reports, report => Assert.Equal(ticket, report.Data.GetProperty("ticket").GetGuid()));
    }

    [Theory]
    [InlineData(-9)]
    [InlineData(9)]
    public async Task A_clock_that_jumps_by_years_changes_no_window(int years)
    {
        See(serving: null);
        Invite("A012");
        Jump();
        _state.Press(2);
        Jump();
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RaterMode.Faces, _state.ChangeMind().Mode);
        Jump();
        Clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, _state.Press(1).Level);
        Jump();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _state.Press(5).Level);
        Assert.Equal("wait", _state.GiveReason("wait").Reason);

        var reports = await ReportsAsync();
        Assert.Equal([5900L, 1000L, 0L], reports.Select(report => report.AgeMs!.Value));

        void Jump() => Clock.SetWallClock(Clock.GetUtcNow().AddYears(years));
    }

    [Fact]
    public async Task A_mind_changed_back_is_no_second_report_and_an_unused_change_keeps_the_first()
    {
        See(serving: "A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _state.ChangeMind();
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RaterMode.Thanks, _state.Press(4).Mode);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _state.ChangeMind();
        Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.NotEqual(RaterMode.Faces, _state.View.Mode);
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task A_reason_names_the_rating_by_its_first_press_and_the_last_one_counts()
    {
        See(serving: "A012");
        _state.Press(4);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _state.Press(1);
        Clock.Advance(TimeSpan.FromSeconds(10));
        _state.GiveReason("wait");
        Clock.Advance(TimeSpan.FromSeconds(1));
        _state.GiveReason("wait");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("papers", _state.GiveReason("papers").Reason);

        var reports = await ReportsAsync();
        Assert.Equal(["rating.pressed", "rating.pressed", "rating.reasoned", "rating.reasoned"], reports.Select(report => report.Type));
        Assert.All(reports[2..], reason => Assert.Equal(reports[0].Id, reason.Data.GetProperty("rating").GetGuid()));
        Assert.Equal("papers", reports[3].Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_good_rating_asks_no_reason()
    {
        See(serving: "A012");
        _state.Press(3);
        Clock.Advance(TimeSpan.FromSeconds(1));
        _state.GiveReason("wait");
        Assert.Single(await ReportsAsync());
    }

    [Fact]
    public async Task With_the_hub_away_citizen_after_citizen_can_rate()
    {
        foreach (var level in new[] { 5, 1, 4 })
        {
            Assert.Equal(RaterMode.Faces, _state.View.Mode);
            Assert.Equal(RaterMode.Thanks, _state.Press(level).Mode);
            Clock.Advance(TimeSpan.FromSeconds(26));
        }

        Assert.Equal(3, (await ReportsAsync()).Count);
    }

    [Fact]
    public void Reasons_make_way_when_the_next_is_served()
    {
        See(serving: "A012");
        _state.Press(1);
        Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(RaterMode.Thanks, _state.View.Mode);
        See(serving: null, calling: "A013");
        Assert.Equal(RaterMode.Thanks, _state.View.Mode);
        See(serving: "A013");
        Assert.Equal(RaterMode.Faces, _state.View.Mode);
    }

    [Fact]
    public void An_invitation_that_was_closed_or_overtaken_is_no_more()
    {
        See(serving: null);
        var ticket = Invite("A012");
        Carry(CommandTypes.RatingClose, new { ticket });
        Assert.Equal(RaterMode.Idle, _state.View.Mode);
        Invite("A012");
        See(serving: "A013");
        Assert.Equal("A013", _state.View.Number);
    }

    [Fact]
    public async Task A_press_that_the_disk_does_not_take_is_not_thanked_for()
    {
        See(serving: "A012");
        Execute("CREATE TRIGGER full BEFORE INSERT ON fact BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END");
        var view = _state.Press(5);
        Assert.Equal((RaterMode.Faces, true), (view.Mode, view.IsNotKept));
        Execute("DROP TRIGGER full");
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((RaterMode.Thanks, false), (_state.Press(5).Mode, _state.View.IsNotKept));
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

    private void See(string? serving, string? calling = null) => _state.See(new DeviceState(IsLinked: true, IsHubAway: false, new HallDocument
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

    private void Carry(string type, object data) => _state.CarryOut(new Command
    {
        Id = Guid.NewGuid(),
        At = Clock.GetUtcNow(),
        Type = type,
        Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
    });
}
