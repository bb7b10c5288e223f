using Reception.Hall;
using Reception.Hub.Ratings;
using Reception.Unit.Tests.Journal;
using Xunit;
using static Reception.Unit.Tests.Journal.WritingHall;

namespace Reception.Unit.Tests.Ratings;

/// <summary>To whom a press belongs, and when it changes or is refused: all by the instant of the press.</summary>
public sealed class PressTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public PressTests() => _hall.SignIn(1, Anh);

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_press_while_serving_belongs_to_the_ticket_and_the_officer()
    {
        var ticket = _hall.Serve();
        var report = Guid.CreateVersion7();
        Assert.Equal((report, true), _hall.Press(5, report: report));
        _hall.Finish();

        Assert.Equal("5 cb01 1 HT 1 0", _hall.Row("SELECT level, officer, counter, service, attributed, changed FROM rating"));
        Assert.Equal(ticket, new Guid(_hall.Query<byte[]>("SELECT ticket FROM rating"), bigEndian: true));
        Assert.Equal("1 1 1 0", _hall.Row("SELECT served, rated, level5, unattributed FROM officer_day"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(60.001, false)]
    public void A_press_belongs_to_the_last_finished_for_60_seconds(double seconds, bool attributed)
    {
        _hall.Serve();
        _hall.Pass(30);
        _hall.Finish();
        _hall.Pass(seconds);

        Assert.Equal(attributed, _hall.Press(4).Attributed);
    }

    [Fact]
    public void A_press_counts_after_31_days_of_silence()
    {
        _hall.Serve();
        _hall.Finish();
        var at = _hall.Now;
        _hall.Pass(TimeSpan.FromDays(31).TotalSeconds);

        Assert.True(_hall.Press(4, at).Attributed);
        Assert.Equal(at.ToUnixTimeMilliseconds(), _hall.Query<long>("SELECT at FROM rating"));
    }

    [Fact]
    public void A_press_and_its_reason_of_unknown_time_are_filed_by_arrival()
    {
        _hall.Serve();
        var (rating, attributed) = _hall.Press(1, timeKnown: false);
        Assert.False(attributed);
        _hall.Pass(20);

        Assert.Equal("ok", _hall.Try(new GiveReason("rater-1", rating, "wait", _hall.Time().Unknown)));
        Assert.Equal("wait 0", _hall.Row("SELECT reason, attributed FROM rating"));
    }

    [Theory]
    [InlineData(30, false, true)]
    [InlineData(30.001, false, false)]
    [InlineData(3000, true, true)]
    public void A_press_that_comes_late_without_a_reason_belongs_to_none_and_is_marked(double seconds, bool mayBeLate, bool attributed)
    {
        _hall.Serve();
        _hall.Finish();
        var at = _hall.Now;
        _hall.Pass(seconds);

        Assert.Equal(attributed, _hall.Press(5, at, mayBeLate: mayBeLate).Attributed);
        Assert.Equal($"{at.ToUnixTimeMilliseconds()} {_hall.Now.ToUnixTimeMilliseconds()} {(attributed ? 0 : 1)}", _hall.Row("SELECT at, arrived_at, late FROM rating"));
    }

    [Fact]
    public void A_change_that_comes_late_without_a_reason_changes_nothing()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Press(1);
        var at = _hall.Now.AddSeconds(4);
        _hall.Pass(75);

        Assert.False(_hall.Press(5, at, mayBeLate: false).Attributed);
        Assert.Equal("1 1 0 / 5 0 1", _hall.Row("SELECT level, attributed, late FROM rating ORDER BY level"));
    }

    [Fact]
    public void A_press_of_another_device_under_an_id_that_was_used_is_refused_and_changes_nothing()
    {
        _hall.Serve();
        _hall.Finish();
        var (first, change) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _hall.Press(1, report: first);
        _hall.Press(2, report: change);
        var (version, before) = (_hall.Version, Ratings());

        foreach (var id in new[] { first, change })
        {
            Assert.Equal("key-reused", _hall.Try(_hall.Pressed(5, report: id, device: "rater-2")));
        }

        Assert.Equal((version, before), (_hall.Version, Ratings()));
    }

    [Fact]
    public void A_press_that_comes_again_after_its_answer_was_forgotten_gets_the_same_and_changes_nothing()
    {
        _hall.Serve();
        _hall.Finish();
        List<(Guid Report, int Level)> presses = [(Guid.CreateVersion7(), 1), (Guid.CreateVersion7(), 2), (Guid.CreateVersion7(), 5)];
        List<string> Told() => [.. presses.Select(press => _hall.Execute(_hall.Pressed(press.Level, report: press.Report)) is var result && result.Refusal is { } refusal
            ? refusal.Code : $"{result.Value.Id} {result.Value.Attributed}")];
        _hall.Press(presses[0].Level, report: presses[0].Report);
        _hall.Press(presses[1].Level, report: presses[1].Report);
        _hall.Pass(6);
        var told = Told();
        Assert.Equal([$"{presses[0].Report} True", $"{presses[0].Report} True", "not-allowed-now"], told);
        var before = Ratings();
        _hall.Pass(TimeSpan.FromDays(41).TotalSeconds);
        _hall.Commit();
        _hall.Restart();

        Assert.Equal(told, Told());
        Assert.All(presses, press => Assert.Equal("key-reused", _hall.Try(_hall.Pressed(3, report: press.Report, device: "rater-2"))));
        Assert.Equal(before, Ratings());
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM report_result"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_second_press_within_5_seconds_changes_the_rating(double seconds)
    {
        _hall.Serve();
        _hall.Finish();
        var first = _hall.Press(1);
        _hall.Pass(seconds);

        Assert.Equal(first, _hall.Press(5));
        Assert.Equal("5 1", _hall.Row("SELECT level, changed FROM rating"));
        Assert.Equal("rating.recorded / rating.changed", _hall.Row("SELECT kind FROM journal WHERE kind LIKE 'rating.%' ORDER BY sequence"));
        Assert.Equal("1 1 0 1", _hall.Row("SELECT served, rated, level1, level5 FROM officer_day"));
    }

    [Fact]
    public void The_five_seconds_count_from_the_first_press_and_not_from_the_last()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Press(1);
        _hall.Pass(4);
        _hall.Press(2);
        _hall.Pass(2);

        Assert.Equal("not-allowed-now", _hall.Try(_hall.Pressed(3)));
        Assert.Equal("2", _hall.Row("SELECT level FROM rating"));
    }

    [Fact]
    public void After_5_seconds_a_press_is_refused_even_at_60_seconds()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Press(5);
        _hall.Pass(5.001);
        Assert.Equal("not-allowed-now", _hall.Try(_hall.Pressed(1)));
        _hall.Pass(50);
        Assert.Equal("not-allowed-now", _hall.Try(_hall.Pressed(1)));
        Assert.Equal("5 0", _hall.Row("SELECT level, changed FROM rating"));
    }

    [Fact]
    public void A_press_made_before_the_one_that_counts_but_delivered_after_it_changes_nothing()
    {
        _hall.Serve();
        _hall.Finish();
        var early = _hall.Now;
        _hall.Pass(3);
        var first = _hall.Press(5);

        Assert.Equal(first, _hall.Press(1, at: early));
        Assert.Equal("5 0", _hall.Row("SELECT level, changed FROM rating"));
    }

    [Fact]
    public void While_the_next_is_only_called_a_press_belongs_to_the_last_finished()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Take();
        _hall.Must(new CallNext(1, Anh));
        _hall.Pass(5);
        Assert.True(_hall.Press(5).Attributed);
    }

    [Fact]
    public void After_the_next_is_started_a_press_belongs_to_the_next()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Pass(5);
        var next = _hall.Serve();
        _hall.Pass(1);
        Assert.True(_hall.Press(5).Attributed);
        Assert.Equal(next, new Guid(_hall.Query<byte[]>("SELECT ticket FROM rating"), bigEndian: true));
    }

    [Fact]
    public void After_the_next_was_started_and_held_a_press_belongs_to_none()
    {
        _hall.Serve();
        _hall.Finish();
        _hall.Pass(5);
        _hall.Serve();
        _hall.Pass(1);
        _hall.Must(new HoldTicket(1, Anh));
        _hall.Pass(1);
        Assert.False(_hall.Press(5).Attributed);
    }

    [Fact]
    public void A_press_delivered_after_the_next_started_belongs_to_the_one_served_when_it_was_made()
    {
        var ticket = _hall.Serve();
        _hall.Finish();
        _hall.Pass(5);
        var at = _hall.Now;
        _hall.Pass(5);
        _hall.Serve();
        _hall.Restart();

        Assert.True(_hall.Press(3, at: at).Attributed);
        Assert.Equal(ticket, new Guid(_hall.Query<byte[]>("SELECT ticket FROM rating"), bigEndian: true));
    }

    [Fact]
    public void A_press_of_yesterday_counts_for_yesterday()
    {
        _hall.Serve();
        _hall.Finish();
        var at = _hall.Now.AddSeconds(2);
        _hall.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True(_hall.Press(4, at: at).Attributed);
        Assert.Equal("20261123 1 1", _hall.Row("SELECT day, served, rated FROM officer_day"));
    }

    [Fact]
    public void A_press_names_its_ticket_and_the_ticket_decides()
    {
        var first = _hall.Serve();
        _hall.Finish();
        _hall.Pass(2);
        var second = _hall.Serve();
        _hall.Pass(1);

        Assert.True(_hall.Press(2, ticket: first).Attributed);
        Assert.True(_hall.Press(5, ticket: second).Attributed);
        Assert.False(_hall.Press(5, ticket: Guid.CreateVersion7()).Attributed);
        Assert.False(_hall.Press(5, ticket: second, counter: 2).Attributed);
    }

    [Fact]
    public void A_press_while_no_one_is_served_is_kept_for_nobody_and_shown_with_the_duty()
    {
        Assert.False(_hall.Press(5).Attributed);
        Assert.Equal("0 cb01", _hall.Row("SELECT attributed, duty_officer FROM rating"));
        Assert.Equal("0 0 0 1", _hall.Row("SELECT served, rated, level5, unattributed FROM officer_day"));
    }

    [Fact]
    public void A_press_of_unknown_time_or_of_a_device_without_a_counter_belongs_to_none()
    {
        _hall.Serve();
        Assert.False(_hall.Press(5, timeKnown: false).Attributed);
        Assert.False(_hall.Press(5, counter: null).Attributed);
        Assert.True(_hall.Press(5).Attributed);
    }

    [Fact]
    public void A_press_where_no_officer_is_on_duty_belongs_to_none()
    {
        Assert.False(_hall.Press(5, counter: 2).Attributed);
        Assert.Equal("2 0", _hall.Row("SELECT counter, duty_officer IS NOT NULL FROM rating"));
    }

    [Fact]
    public void Unattributed_presses_are_never_refused_nor_merged()
    {
        _hall.Press(1);
        _hall.Pass(1);
        _hall.Press(1);

        Assert.Equal(2, _hall.Query<long>("SELECT count(*) FROM rating"));
    }

    [Theory]
    [InlineData("held")]
    [InlineData("transferred")]
    [InlineData("no-show")]
    public void Only_a_served_ticket_is_rated_after_its_end(string ending)
    {
        _hall.Take();
        _hall.Must(new CallNext(1, Anh));
        if (ending != "no-show")
        {
            _hall.Must(new StartService(1, Anh));
        }

        _hall.Pass(1);
        _hall.Must(ending switch
        {
            "held" => new HoldTicket(1, Anh),
            "transferred" => new TransferTicket(1, Anh, "CT", null),
            _ => new RecordNoShow(1, Anh),
        });
        _hall.Pass(1);
        Assert.False(_hall.Press(5).Attributed);
    }

    [Fact]
    public void Each_stay_of_a_ticket_has_its_own_rating()
    {
        var ticket = _hall.Serve();
        _hall.Press(1);
        _hall.Pass(1);
        _hall.Must(new HoldTicket(1, Anh));
        _hall.Pass(60);
        _hall.Must(new CallTicket(1, Anh, ticket));
        _hall.Finish();
        Assert.True(_hall.Press(5).Attributed);
        Assert.Equal(2, _hall.Query<long>("SELECT count(DISTINCT stay) FROM rating"));
    }

    [Fact]
    public void A_rating_of_a_finish_that_was_undone_stays_the_stays_own()
    {
        _hall.Serve();
        _hall.Finish();
        var first = _hall.Press(2);
        _hall.Must(new UndoEnding(1, Anh));
        _hall.Pass(2);
        Assert.Equal(first, _hall.Press(4));
        _hall.Pass(10);
        _hall.Finish();
        Assert.Equal("not-allowed-now", _hall.Try(_hall.Pressed(5)));
        Assert.Equal("1 1 1", _hall.Row("SELECT served, rated, level4 FROM officer_day"));
    }

    [Theory]
    [InlineData(1, 0, "ok")]
    [InlineData(2, 60, "ok")]
    [InlineData(2, 60.001, "not-allowed-now")]
    [InlineData(3, 1, "not-allowed-now")]
    [InlineData(5, 1, "not-allowed-now")]
    public void A_reason_follows_a_level_1_or_2_within_60_seconds(int level, double seconds, string code)
    {
        _hall.Serve();
        _hall.Finish();
        var (rating, _) = _hall.Press(level);
        var at = _hall.Now.AddSeconds(seconds);
        _hall.Pass(300);

        Assert.Equal(code, _hall.Try(new GiveReason("rater-1", rating, "wait", _hall.Time(at))));
        Assert.Equal(code == "ok" ? "wait" : "", _hall.Row("SELECT reason FROM rating"));
    }

    [Fact]
    public void The_last_reason_counts_and_the_level_stays()
    {
        _hall.Serve();
        var (rating, _) = _hall.Press(1);
        _hall.Must(new GiveReason("rater-1", rating, "wait", _hall.Time()));
        _hall.Must(new GiveReason("rater-1", rating, "papers", _hall.Time(_hall.Now.AddSeconds(1))));

        Assert.Equal("1 papers", _hall.Row("SELECT level, reason FROM rating"));
        Assert.Equal("papers 1", _hall.Row("SELECT reason, ratings FROM reason_day"));
    }

    [Fact]
    public void A_reason_of_another_device_or_for_no_rating_is_refused()
    {
        _hall.Serve();
        var (rating, _) = _hall.Press(1);
        Assert.Equal("not-allowed-now", _hall.Try(new GiveReason("rater-2", rating, "wait", _hall.Time())));
        Assert.Equal("not-allowed-now", _hall.Try(new GiveReason("rater-1", Guid.CreateVersion7(), "wait", _hall.Time())));
    }

    [Fact]
    public void A_rating_changed_to_a_good_level_drops_its_reason()
    {
        _hall.Serve();
        var (rating, _) = _hall.Press(1);
        _hall.Must(new GiveReason("rater-1", rating, "wait", _hall.Time()));
        _hall.Pass(1);
        _hall.Press(5);

        Assert.Equal("5 ", _hall.Row("SELECT level, reason FROM rating"));
    }

    private string Ratings() => _hall.Row("SELECT hex(id), at, first_at, arrived_at, level, reason, attributed, changed, late, device FROM rating ORDER BY at");
}
