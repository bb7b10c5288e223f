using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>Business days by the hall's own clock in three zones, and clocks that jump.</summary>
public sealed class ClockTests
{
    private const string Vietnam = "Asia/Ho_Chi_Minh";
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private static readonly string[] Zones = [Vietnam, Berlin, NewYork];
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    public static MatrixTheoryData<string, string> Midnights => new(Zones,
        [
            "2026-11-24", // a day like others
            "2027-01-01", // the year's end
            "2028-02-29", "2028-03-01", // a leap day, and the day after
            "2027-02-28", "2027-03-01", // no leap day
            "2027-03-28", "2027-03-29", "2026-10-25", "2026-10-26", // clocks change in Berlin, and the day after
            "2027-03-14", "2027-03-15", "2026-11-01", "2026-11-02", // in New York
        ]);

    [Theory]
    [MemberData(nameof(Midnights))]
    public void A_day_ends_at_the_halls_own_midnight_and_numbers_begin_at_one(string zone, string day)
    {
        var begins = Local(zone, DateOnly.Parse(day, null), TimeOnly.MinValue);
        using var hall = new WritingHall(timeZone: zone, start: begins - TimeSpan.FromHours(3));
        hall.SignIn(1, WritingHall.Anh);
        hall.Take();
        hall.Clock.Advance(TimeSpan.FromHours(3) - Instant);
        Assert.Equal("A002", Number(hall));

        hall.Clock.Advance(Instant);
        Assert.Equal("A001", Number(hall));
        Assert.Equal(DateOnly.Parse(day, null), hall.State.Day);
        Assert.Null(hall.State.Counters[1].Officer);
        Assert.Equal(2, hall.Query<long>("SELECT count(*) FROM ticket WHERE state = 'expired'"));
        hall.Restart();
        Assert.Equal("A002", Number(hall));
    }

    [Theory]
    [InlineData(Berlin, "2027-03-28", 23)]
    [InlineData(Berlin, "2026-10-25", 25)]
    [InlineData(NewYork, "2027-03-14", 23)]
    [InlineData(NewYork, "2026-11-01", 25)]
    [InlineData(Vietnam, "2027-03-28", 24)]
    public void A_day_is_as_long_as_the_clocks_make_it(string zone, string day, int hours)
    {
        using var hall = new WritingHall(timeZone: zone, start: Local(zone, DateOnly.Parse(day, null), TimeOnly.MinValue));
        var (begun, first) = (hall.Now, hall.Take());
        while (hall.State.Tickets.ContainsKey(first))
        {
            hall.Pass(600);
            hall.Commit();
        }

        Assert.Equal(TimeSpan.FromHours(hours), hall.Now - begun);
        Assert.Null(hall.HallClock.Doubt);
    }

    [Theory]
    [InlineData(Berlin, "2027-03-28")]
    [InlineData(Berlin, "2026-10-25")]
    [InlineData(NewYork, "2027-03-14")]
    [InlineData(NewYork, "2026-11-01")]
    public void Doors_open_by_the_wall_clock_on_the_day_that_clocks_change(string zone, string day)
    {
        var date = DateOnly.Parse(day, null);
        var hours = new OpeningHours([date.DayOfWeek], [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30))]);
        var opens = Local(zone, date, new TimeOnly(7, 30));
        var rules = TimeZoneInfo.FindSystemTimeZoneById(zone);

        Assert.Equal(new Opening(ClosedReason.OutsideHours, opens), hours.At(Local(zone, date, TimeOnly.MinValue), rules));
        Assert.False(hours.At(opens - Instant, rules).IsOpen);
        Assert.True(hours.At(opens, rules).IsOpen);
    }

    public static MatrixTheoryData<string, string> Jumps => new(Zones, ["an hour ahead", "an hour back", "a day ahead", "a day back", "a year ahead", "to 1970"]);

    [Theory]
    [MemberData(nameof(Jumps))]
    public void After_a_jump_the_hall_goes_on_by_its_own_time_and_keeps_its_day(string zone, string jump)
    {
        using var hall = new WritingHall(timeZone: zone, start: Local(zone, new DateOnly(2026, 11, 23), new TimeOnly(20, 0)));
        hall.Take();
        var (day, before) = (hall.State.Day, hall.Now);
        hall.Clock.SetWallClock(To(jump, before));
        hall.Pass(60);

        Assert.Equal("A002", Number(hall));
        Assert.Equal(before + TimeSpan.FromMinutes(1), hall.State.Tickets.Values.Max(ticket => ticket.IssuedAt));
        Assert.Equal(new ClockDoubt(To(jump, before) + TimeSpan.FromMinutes(1), before + TimeSpan.FromMinutes(1)), hall.HallClock.Doubt);

        hall.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal("A003", Number(hall));
        Assert.Equal(day, hall.State.Day);

        hall.Clock.SetWallClock(before + TimeSpan.FromHours(10) + TimeSpan.FromMinutes(1));
        Assert.Null(hall.HallClock.Doubt);
        Assert.Equal("A001", Number(hall));
        Assert.Equal(day.AddDays(1), hall.State.Day);
        DemandThatTimeNeverRanBack(hall);
    }

    [Theory]
    [InlineData("an hour ahead", true, 0)]
    [InlineData("an hour back", true, 0)]
    [InlineData("a day ahead", true, 1)]
    [InlineData("a year ahead", true, 365)]
    [InlineData("a day back", false, 0)]
    [InlineData("to 1970", false, 0)]
    public void An_administrator_confirms_the_clock_and_the_day_never_runs_back(string jump, bool confirmed, int days)
    {
        using var hall = new WritingHall();
        hall.Take();
        var (day, before) = (hall.State.Day, hall.Now);
        hall.Clock.SetWallClock(To(jump, before));

        Assert.Equal(confirmed ? "ok" : "not-allowed-now", hall.Try(new ConfirmClock("qt01", hall.HallClock)));
        hall.Commit();
        Assert.Equal(day.AddDays(days), hall.State.Day);
        Assert.Equal(confirmed, hall.HallClock.Doubt is null);
        Assert.Equal(confirmed && jump != "an hour back" ? To(jump, before) : before, hall.HallClock.GetUtcNow());
        Assert.Equal(days == 0 ? "A002" : "A001", Number(hall));
        Assert.Equal(confirmed ? 1 : 0, hall.Query<long>("SELECT count(*) FROM journal WHERE kind = 'clock.confirmed'"));
        DemandThatTimeNeverRanBack(hall);

        // A hub that starts before the clock has come to the last event asks once more.
        hall.Restart();
        Assert.Equal(day.AddDays(days), hall.State.Day);
        Assert.Equal(jump == "an hour back" ? "ok" : "not-allowed-now", hall.Try(new ConfirmClock("qt01", hall.HallClock)));
    }

    [Fact]
    public void While_the_clock_runs_backwards_the_halls_own_time_goes_on_and_the_clock_is_doubted()
    {
        using var hall = new WritingHall();
        hall.Take();
        var (day, before) = (hall.State.Day, hall.Now);
        for (var minutes = 1; minutes <= 600; minutes++)
        {
            hall.Pass(60);
            hall.Clock.SetWallClock(before - TimeSpan.FromMinutes(minutes));
            Assert.Equal($"A{minutes + 1:000}", Number(hall));
        }

        Assert.NotNull(hall.HallClock.Doubt);
        Assert.Equal(day, hall.State.Day);
        Assert.InRange((hall.State.Tickets.Values.Max(ticket => ticket.IssuedAt) - before).TotalMinutes, 590, 600);
        DemandThatTimeNeverRanBack(hall);
        hall.Restart();
        Assert.Equal("A602", Number(hall));
        DemandThatTimeNeverRanBack(hall);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(24, 1)]
    [InlineData(24, 2)]
    public void Days_that_a_clock_which_was_ahead_had_opened_are_withdrawn_and_no_number_is_given_twice(int hours, int falseDays)
    {
        using var hall = new WritingHall();
        Visit(hall, 2);
        hall.Take();
        var (day, before) = (hall.State.Day, hall.Now);
        var right = day.AddDays(hours / 24);
        hall.Clock.SetWallClock(before + TimeSpan.FromDays(20));
        for (var ahead = 0; ahead < falseDays; ahead++)
        {
            hall.Restart();
            Visit(hall, 5);
            hall.Take();
            hall.Take();
            hall.Clock.Advance(TimeSpan.FromDays(1));
        }

        var last = day.AddDays(20 + falseDays - 1);
        Assert.Equal(last, hall.State.Day);
        hall.Clock.SetWallClock(before + TimeSpan.FromHours(hours));
        hall.Restart();
        Assert.Equal(last, hall.State.Day);

        hall.Must(new ConfirmClock("qt01", hall.HallClock));
        Assert.Equal(right, hall.State.Day);
        Assert.Null(hall.HallClock.Doubt);
        Assert.Empty(hall.State.Tickets);
        Assert.Equal("A004", Number(hall));
        Assert.Equal(before + TimeSpan.FromHours(hours), hall.Now);
        Assert.Equal(0, hall.Query<long>($"SELECT count(*) FROM ticket WHERE day > {DayNumber.Of(right)}"));
        Assert.Equal(1, hall.Query<long>("SELECT sum(rated) FROM officer_day"));
        DemandNoFinding(hall);

        hall.Restart();
        Assert.Equal("A005", Number(hall));
        Visit(hall, 4);

        // The day comes that was withdrawn.
        hall.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("A001", Number(hall));
        hall.Clock.Advance(TimeSpan.FromDays(20));
        hall.Restart();
        Assert.Equal("A001", Number(hall));
        Assert.Equal(2, hall.Query<long>("SELECT sum(rated) FROM officer_day"));
        DemandNoFinding(hall);
        Assert.Equal(right, SealedDay.Read(hall.Connection, right)!.Day);
        Assert.Equal(hours == 24 ? (DateOnly?)day : null, SealedDay.Read(hall.Connection, right.AddDays(-1))?.Day);

        static void Visit(WritingHall hall, int level)
        {
            hall.SignIn(1, WritingHall.Anh);
            hall.Serve();
            hall.Finish();
            hall.Press(level);
        }
    }

    [Fact]
    public void A_day_is_not_withdrawn_by_a_clock_that_is_behind_what_was_written_before_it()
    {
        using var hall = new WritingHall();
        hall.Take();
        var before = hall.Now;
        hall.Clock.SetWallClock(before + TimeSpan.FromDays(20));
        hall.Restart();
        hall.Take();
        var last = hall.State.Day;
        hall.Clock.SetWallClock(before - TimeSpan.FromMinutes(1));

        Assert.Equal("not-allowed-now", hall.Try(new ConfirmClock("qt01", hall.HallClock)));
        Assert.Equal(last, hall.State.Day);
    }

    [Fact]
    public void A_confirmed_clock_that_is_behind_is_caught_up_with_at_half_the_pace()
    {
        using var hall = new WritingHall(ticketsPerDeviceAndMinute: 2);
        hall.Take();
        var before = hall.Now;
        hall.Clock.SetWallClock(To("an hour back", before));
        hall.Must(new ConfirmClock("qt01", hall.HallClock));
        for (var minutes = 0; minutes < 115; minutes++)
        {
            hall.Pass(60);
            hall.Take();
        }

        Assert.Equal(before + TimeSpan.FromMinutes(57.5), hall.State.Tickets.Values.Max(ticket => ticket.IssuedAt));
        hall.Pass(600);
        hall.Take();
        Assert.Equal(before + TimeSpan.FromMinutes(65), hall.Now);
        Assert.Equal(hall.Now, hall.State.Tickets.Values.Max(ticket => ticket.IssuedAt));
        Assert.Null(hall.HallClock.Doubt);
        DemandThatTimeNeverRanBack(hall);
    }

    [Fact]
    public void A_hub_that_is_started_again_does_not_believe_a_clock_that_nobody_confirmed()
    {
        using var hall = new WritingHall();
        hall.Take();
        var (day, before) = (hall.State.Day, hall.Now);
        hall.Clock.SetWallClock(To("a day ahead", before));
        hall.Commit();
        hall.Restart();
        Assert.Equal("A002", Number(hall));
        Assert.Equal(day, hall.State.Day);
        Assert.NotNull(hall.HallClock.Doubt);

        hall.Clock.SetWallClock(before + TimeSpan.FromMinutes(1));
        Assert.Null(hall.HallClock.Doubt);
        hall.Commit();
        hall.Clock.SetWallClock(before + TimeSpan.FromDays(1));
        hall.Commit();
        hall.Restart();
        Assert.NotNull(hall.HallClock.Doubt);
        hall.Must(new ConfirmClock("qt01", hall.HallClock));
        Assert.Equal("A001", Number(hall));
        hall.Restart();
        Assert.Null(hall.HallClock.Doubt);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(300.001, false)]
    [InlineData(-300.001, false)]
    public void A_step_of_five_minutes_is_followed_and_a_larger_one_is_not(double seconds, bool followed)
    {
        using var hall = new WritingHall();
        var to = hall.Now + TimeSpan.FromSeconds(seconds);
        hall.Clock.SetWallClock(to);

        Assert.Equal(followed, hall.HallClock.Doubt is null);
        Assert.Equal(followed, hall.HallClock.GetUtcNow() == to);
    }

    [Theory]
    [InlineData(31 * 24 * 3600.0, false)]
    [InlineData((31 * 24 * 3600) + 1.0, true)]
    [InlineData(-300.0, false)]
    [InlineData(-301.0, true)]
    public void A_start_more_than_31_days_after_the_last_event_or_before_it_keeps_the_old_day(double seconds, bool kept)
    {
        using var hall = new WritingHall();
        hall.Take();
        var (day, last) = (hall.State.Day, hall.Now);
        hall.Clock.SetWallClock(last + TimeSpan.FromSeconds(seconds));
        hall.Restart();

        Assert.Equal(kept, hall.HallClock.Doubt is not null);
        Assert.Equal(kept || seconds < 0 ? day : day.AddDays(31), hall.State.Day);
        Assert.Equal(kept || seconds < 0 ? "A002" : "A001", Number(hall));
        if (kept && seconds > 0)
        {
            hall.Must(new ConfirmClock("qt01", hall.HallClock));
            Assert.Equal("A001", Number(hall));
        }

        DemandThatTimeNeverRanBack(hall);
    }

    private static string? Number(WritingHall hall) => hall.Must(hall.Request()).GetProperty("number").GetString();

    private static DateTimeOffset To(string jump, DateTimeOffset from) => jump switch
    {
        "an hour ahead" => from.AddHours(1),
        "an hour back" => from.AddHours(-1),
        "a day ahead" => from.AddDays(1),
        "a day back" => from.AddDays(-1),
        "a year ahead" => from.AddDays(365),
        "to 1970" => DateTimeOffset.UnixEpoch,
        _ => throw new ArgumentException(jump),
    };

    private static DateTimeOffset Local(string zone, DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local)).ToUniversalTime();
    }

    private static void DemandNoFinding(WritingHall hall)
    {
        hall.Mark();
        Assert.Empty(Verification.Run(hall.Folder).Findings.Select(finding => finding.Text));
    }

    private static void DemandThatTimeNeverRanBack(WritingHall hall) =>
        Assert.Equal(0, hall.Query<long>("SELECT count(*) FROM journal one JOIN journal next ON next.sequence = one.sequence + 1 WHERE next.at < one.at OR next.day < one.day"));
}
