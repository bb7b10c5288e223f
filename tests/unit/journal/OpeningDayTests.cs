using System.Globalization;
using Reception.Hall;
using Xunit;

namespace Reception.Unit.Tests.Journal;

/// <summary>Hours, days off and quotas through the journal's writer, on days like others and on days when the clocks change.</summary>
public sealed class OpeningDayTests
{
    private const string Hours = """
        "openingHours":{"days":["Mon","Tue","Wed","Thu","Fri","Sat","Sun"],"periods":[{"from":"07:30","to":"11:30","lastTicket":"11:00"},{"from":"13:30","to":"17:00"}]},
        "holidays":[{"date":"2026-11-25","name":"Ngày nghỉ thử"}],"services":[{"quota":{"morning":2,"afternoon":1},"code":"HT"
        """;

    [Theory]
    [InlineData("Asia/Ho_Chi_Minh", "2026-11-24")]
    [InlineData("Europe/Berlin", "2027-03-28")]
    [InlineData("Europe/Berlin", "2026-10-25")]
    [InlineData("America/New_York", "2027-03-14")]
    [InlineData("America/New_York", "2026-11-01")]
    public void A_day_gives_out_its_quotas_by_the_wall_clock_and_a_restart_changes_nothing(string zone, string day)
    {
        using var hall = Open(zone, At(zone, day, "00:00"));
        Until(hall, At(zone, day, "07:30") - TimeSpan.FromMilliseconds(1));
        Assert.Equal("service-closed", hall.Try(hall.Request()));
        Until(hall, At(zone, day, "07:30"));
        hall.Take();
        hall.Restart();
        hall.Take();
        hall.Restart();
        Assert.Equal("service-closed", hall.Try(hall.Request()));
        Assert.Equal(new Opening(ClosedReason.Quota, At(zone, day, "13:30")), Opening.Of(hall.State, "HT", hall.Now));
        hall.Take("CT");
        Until(hall, At(zone, day, "11:00"));
        Assert.Equal("service-closed", hall.Try(hall.Request("CT")));
        Until(hall, At(zone, day, "13:30"));
        Assert.Equal("ok", hall.Try(hall.Request()));
        Assert.Equal("service-closed", hall.Try(hall.Request()));
    }

    [Fact]
    public void A_day_off_opens_a_business_day_and_gives_out_no_number()
    {
        const string zone = "Asia/Ho_Chi_Minh";
        using var hall = Open(zone, At(zone, "2026-11-24", "09:00"));
        hall.Take();
        Until(hall, At(zone, "2026-11-25", "09:00"));

        Assert.Equal("service-closed", hall.Try(hall.Request()));
        Assert.Equal(new DateOnly(2026, 11, 25), hall.State.Day);
        Assert.Equal(new Opening(ClosedReason.DayOff, At(zone, "2026-11-26", "07:30")), Opening.Of(hall.State, "HT", hall.Now));
    }

    private static WritingHall Open(string zone, DateTimeOffset start)
    {
        var hall = new WritingHall(timeZone: zone, start: start, alwaysOpen: false);
        hall.Change("""
            "services":[{"code":"HT"
            """, Hours);
        return hall;
    }

    private static void Until(WritingHall hall, DateTimeOffset then) => hall.Clock.Advance(then - hall.Now);

    private static DateTimeOffset At(string zone, string day, string time)
    {
        var local = DateTime.Parse($"{day}T{time}", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local));
    }
}
