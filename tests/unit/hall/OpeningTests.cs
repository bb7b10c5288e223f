using System.Collections.Immutable;
using System.Globalization;
using Reception.Hall;
using Xunit;
using static Reception.Unit.Tests.Halls.HallScript;

namespace Reception.Unit.Tests.Halls;

/// <summary>When a service gives out numbers, by the wall clock of the hall's own zone, and what a citizen is told where it does not.</summary>
public sealed class OpeningTests
{
    private static readonly string[] Zones = ["Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York"];

    // Mondays to Fridays; numbers until 11:15 and 16:30, though the counters serve longer; the last days of the year are off.
    private static readonly OpeningHours Hours = new(
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        [
            new Period(new TimeOnly(7, 30), new TimeOnly(11, 30)) { LastTicket = new TimeOnly(11, 15) },
            new Period(new TimeOnly(13, 30), new TimeOnly(17, 0)) { LastTicket = new TimeOnly(16, 30) },
        ])
    {
        Holidays = [.. Enumerable.Range(28, 4).Select(day => new DateOnly(2026, 12, day)), new DateOnly(2027, 1, 1)],
    };

    public static MatrixTheoryData<string, (string At, string Reason, string? Opens)> Moments => new(Zones,
        [
            ("2026-11-23T07:29:59", "outside-hours", "2026-11-23T07:30"),
            ("2026-11-23T07:30", "open", null),
            ("2026-11-23T11:14:59", "open", null),
            ("2026-11-23T11:15", "last-ticket", "2026-11-23T13:30"),
            ("2026-11-23T11:30", "outside-hours", "2026-11-23T13:30"),
            ("2026-11-23T16:30", "last-ticket", "2026-11-24T07:30"),
            ("2026-11-27T16:59:59", "last-ticket", "2026-11-30T07:30"),
            ("2026-11-27T17:00", "outside-hours", "2026-11-30T07:30"),
            ("2026-11-28T09:00", "day-off", "2026-11-30T07:30"),
            ("2026-12-25T17:00", "outside-hours", "2027-01-04T07:30"), // over the holidays and the year's end
            ("2026-12-31T23:59:59", "day-off", "2027-01-04T07:30"),
            ("2027-03-26T17:00", "outside-hours", "2027-03-29T07:30"), // clocks change in Berlin meanwhile
            ("2026-10-23T17:00", "outside-hours", "2026-10-26T07:30"),
            ("2027-03-12T17:00", "outside-hours", "2027-03-15T07:30"), // in New York
            ("2026-10-30T17:00", "outside-hours", "2026-11-02T07:30"),
            ("2028-02-29T11:15", "last-ticket", "2028-02-29T13:30"), // a leap day
        ]);

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_closed_hall_says_why_and_when_it_opens(string zone, (string At, string Reason, string? Opens) moment)
    {
        var hall = new HallScript(Rules() with { TimeZone = zone, Hours = Hours });
        var now = Local(zone, moment.At);

        var opening = Opening.Of(hall.State, "HT", now);
        Assert.Equal(moment.Reason, opening.Closed?.Code() ?? "open");
        Assert.Equal(moment.Opens is null ? null : Local(zone, moment.Opens), opening.OpensAt);
        Assert.Equal(opening.IsOpen ? null : "service-closed", new IssueTicket(hall.NewId(), "HT", Lane.Normal).Decide(hall.State, now).Refusal?.Code);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-28", "2027-03-28T03:00")] // there is no 02:30
    [InlineData("America/New_York", "2027-03-14", "2027-03-14T03:00")]
    [InlineData("Asia/Ho_Chi_Minh", "2027-03-28", "2027-03-28T02:30")]
    public void A_door_that_would_open_in_an_hour_that_is_left_out_opens_when_the_clocks_have_changed(string zone, string day, string opens)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var hall = new HallScript(Rules() with { TimeZone = zone, Hours = new OpeningHours([date.DayOfWeek], [new Period(new TimeOnly(2, 30), new TimeOnly(5, 0))]) });

        Assert.Equal(new Opening(ClosedReason.OutsideHours, Local(zone, opens)), Opening.Of(hall.State, "HT", Local(zone, day + "T00:00")));
        Assert.True(Opening.Of(hall.State, "HT", Local(zone, opens)).IsOpen);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25")]
    [InlineData("America/New_York", "2026-11-01")]
    public void An_hour_that_comes_twice_is_open_twice(string zone, string day)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        var hall = new HallScript(Rules() with { TimeZone = zone, Hours = new OpeningHours([date.DayOfWeek], [new Period(new TimeOnly(0, 0), new TimeOnly(4, 0))]) });
        var open = 0;
        for (var at = Local(zone, day + "T00:00"); Opening.Of(hall.State, "HT", at).IsOpen; at += TimeSpan.FromMinutes(30))
        {
            open++;
        }

        Assert.Equal(2 * 5, open);
    }

    [Fact]
    public void A_day_that_is_worked_in_a_day_offs_stead_is_open_like_any_other()
    {
        var hours = Hours with { WorkedDays = [new DateOnly(2026, 11, 28), new DateOnly(2026, 12, 28)] };
        const string zone = "Asia/Ho_Chi_Minh";
        var hall = new HallScript(Rules() with { Hours = hours });

        Assert.True(Opening.Of(hall.State, "HT", Local(zone, "2026-11-28T09:00")).IsOpen); // a Saturday
        Assert.Equal(ClosedReason.DayOff, Opening.Of(hall.State, "HT", Local(zone, "2026-11-29T09:00")).Closed);
        Assert.Equal(Local(zone, "2026-11-28T07:30"), Opening.Of(hall.State, "HT", Local(zone, "2026-11-27T17:30")).OpensAt);
        Assert.NotEqual(Hours, hours);
    }

    [Fact]
    public void A_quota_is_of_one_service_and_half_day_and_the_next_half_begins_with_its_own()
    {
        var hall = new HallScript(Limited(new Quota(Morning: 2, Afternoon: 1)) with { Hours = Hours });
        hall.Take("HT");
        hall.Must(new CancelTicket(hall.Take("HT"), Anh, null));

        Assert.Equal(
            "Lĩnh vực này đã phát hết số của buổi này. Mở lại lúc 13:30 ngày 23/11/2026.",
            hall.Do(new IssueTicket(hall.NewId(), "HT", Lane.Priority)).Refusal?.Vietnamese);
        hall.Take("CT");
        hall.Pass(TimeSpan.FromHours(6));
        hall.Take("HT");
        Assert.Equal(
            "All numbers of this service for this half day are given out. They are again at 07:30 on 24/11/2026.",
            hall.Do(new IssueTicket(hall.NewId(), "HT", Lane.Normal)).Refusal?.English);
        hall.Must(new OpenDay(new DateOnly(2026, 11, 24), hall.State.Setup));
        hall.Pass(TimeSpan.FromHours(18));
        hall.Take("HT");
    }

    [Fact]
    public void A_visit_of_two_errands_begins_only_where_both_are_open()
    {
        var hall = new HallScript(Limited(new Quota(Morning: 1, Afternoon: 1)) with { Hours = Hours });
        hall.Take("HT");

        var refused = hall.Do(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Services = ["HT"] }).Refusal;
        Assert.Equal("service-closed", refused?.Code);
        Assert.StartsWith("Lĩnh vực HT đã phát hết số của buổi này.", refused?.Vietnamese, StringComparison.Ordinal);
        hall.Pass(TimeSpan.FromHours(6));
        Assert.Equal("ok", hall.Try(new IssueTicket(hall.NewId(), "CT", Lane.Normal) { Services = ["HT"] }));
        // The further errand is one of the half day's.
        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "HT", Lane.Normal)));
    }

    [Fact]
    public void A_service_that_no_counter_serves_gives_out_no_numbers_and_takes_none_that_are_sent_on()
    {
        var hall = new HallScript(Rules() with { Counters = [new(1, ["HT", "CT"])] });
        hall.SignIn(1, Anh);
        hall.Take("HT");
        hall.CallNext(1, Anh);

        Assert.Equal(new Opening(ClosedReason.NoCounter, null), Opening.Of(hall.State, "DD", hall.Now));
        foreach (var issue in new[] { new IssueTicket(hall.NewId(), "DD", Lane.Normal), new(hall.NewId(), "HT", Lane.Normal) { Services = ["DD"] } })
        {
            Assert.Equal("service-closed", hall.Try(issue));
            Assert.Equal("service-closed", hall.Try(issue with { Appointment = new Appointment("1234", hall.Now) }));
        }

        Assert.Equal("not-allowed-now", hall.Try(new TransferTicket(1, Anh, "DD", null)));
    }

    [Fact]
    public void Where_the_hall_is_always_open_a_quota_ends_at_noon_and_at_midnight()
    {
        var hall = new HallScript(Limited(new Quota(Morning: 1, Afternoon: 1)));
        hall.Take("HT");
        Assert.Equal(Local("Asia/Ho_Chi_Minh", "2026-11-23T12:00"), Opening.Of(hall.State, "HT", hall.Now).OpensAt);
        hall.Pass(TimeSpan.FromHours(6));
        hall.Take("HT");
        Assert.Equal(new Opening(ClosedReason.Quota, Local("Asia/Ho_Chi_Minh", "2026-11-24T00:00")), Opening.Of(hall.State, "HT", hall.Now));
    }

    [Fact]
    public void The_last_number_is_given_out_when_the_work_left_fills_the_time_to_closing()
    {
        var hall = new HallScript(Rules() with { Hours = Hours with { Periods = [new Period(new TimeOnly(7, 30), new TimeOnly(11, 30))], LastTicketByWork = true } });
        hall.SignIn(3, Chi);
        var taken = 0;
        while (hall.Try(new IssueTicket(hall.NewId(), "DD", Lane.Normal)) == "ok")
        {
            taken++;
        }

        // Three hours and a half from 08:00, ten minutes for each at the one desk, and a little kept for priority numbers still to come.
        Assert.Equal(20, taken);
        Assert.Equal(new Opening(ClosedReason.LastTicket, Local("Asia/Ho_Chi_Minh", "2026-11-24T07:30")), Opening.Of(hall.State, "DD", hall.Now));
        Assert.True(Opening.Of(hall.State, "HT", hall.Now).IsOpen);

        // The work is there, too, when the officer has left; people are told nothing of the wait.
        hall.Must(new EndDuty(3, Chi));
        Assert.Equal(ClosedReason.LastTicket, Opening.Of(hall.State, "DD", hall.Now).Closed);
        Assert.Null(Estimate.ForNew(hall.State, "DD", Lane.Normal, hall.Now));
    }

    [Fact]
    public void What_a_changed_quota_closes_is_not_a_number_that_is_out()
    {
        var hall = Opened();
        hall.Take("HT");
        hall.Take("HT");
        hall.Apply(new SetupChanged(hall.Now, Limited(new Quota(1, null))));

        Assert.Equal("service-closed", hall.Try(new IssueTicket(hall.NewId(), "HT", Lane.Normal)));
        Assert.Equal("A001", hall.CallNext(1, Anh));
        Assert.Equal(1, hall.State.Services["HT"].WaitingCount);
    }

    [Fact]
    public void A_booked_time_that_holds_is_given_its_number_though_the_quota_is_used_up_and_not_on_a_day_off()
    {
        var hall = new HallScript(Limited(new Quota(Morning: 1, Afternoon: 1)) with { Hours = Hours });
        hall.Take("HT");
        var booked = new IssueTicket(hall.NewId(), "HT", Lane.Normal) { Appointment = new Appointment("K7", hall.Now) };

        Assert.Null(booked.Decide(hall.State, hall.Now).Refusal);
        Assert.Equal("service-closed", booked.Decide(hall.State, hall.Now.AddSeconds(hall.State.Setup.AppointmentRule.LateSeconds + 1)).Refusal?.Code);
        Assert.Equal("service-closed", booked.Decide(hall.State, Local("Asia/Ho_Chi_Minh", "2026-11-22T08:00")).Refusal?.Code);
    }

    [Fact]
    public void What_is_taken_out_of_the_set_up_gives_out_no_numbers_and_holds_nobody_from_that_moment_on()
    {
        var hall = Opened();
        var missed = hall.Take("DD");
        hall.SignIn(3, Chi);
        hall.CallNext(3, Chi);
        hall.Must(new RecordNoShow(3, Chi));
        hall.Must(new EndDuty(3, Chi));
        hall.Apply(new SetupChanged(hall.Now, Rules() with { Services = [.. Rules().Services.Where(service => service.Code != "DD")], Counters = [.. Rules().Counters.Take(2)] }));

        Assert.Equal("unknown-service", hall.Try(new IssueTicket(hall.NewId(), "DD", Lane.Normal)));
        Assert.Equal("unknown-service", hall.Try(new IssueTicket(hall.NewId(), "HT", Lane.Normal) { Services = ["DD"] }));
        Assert.Equal("unknown-counter", hall.Try(new StartDuty(hall.NewId(), 3, Chi)));
        hall.Must(new CallTicket(1, Anh, missed));
        Assert.Equal("unknown-service", hall.Try(new TransferTicket(1, Anh, "DD", null)));
        hall.Must(new TransferTicket(1, Anh, null, 1));
        Assert.Equal(0, hall.State.Ahead(hall.Ticket(missed), hall.Now));
        Assert.Equal("H001", hall.CallNext(1, Anh));
        hall.Must(new FinishService(1, Anh));

        hall.Apply(new SetupChanged(hall.Now, Rules()));
        Assert.Equal("H002", hall.Ticket(hall.Take("DD")).Number);
        hall.SignIn(3, Chi);
    }

    private static Setup Limited(Quota quota) => Rules() with
    {
        Services = [.. Rules().Services.Select(service => service.Code == "HT" ? service with { Quota = quota } : service)],
    };

    private static DateTimeOffset Local(string zone, string time)
    {
        var local = DateTime.Parse(time, CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local));
    }
}
