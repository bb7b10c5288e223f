using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Appointments;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Appointments;

/// <summary>Booked times on a real database: kept, checked in once, refused in words.</summary>
public sealed class CheckInTests : IDisposable
{
    private const string Administrator = "qt01";

    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_code_gives_the_number_of_its_service_and_time_and_only_once()
    {
        Keep(("1001", "CT", 30));
        var ticket = _hall.Must(new CheckIn(_hall.Request(""), "1001", null));
        Assert.Equal("B001 CT 2026-11-23T08:30:00.000+07:00", $"{ticket.GetProperty("number")} {ticket.GetProperty("service")} {ticket.GetProperty("appointment")}");
        Assert.Equal("Mã hẹn này đã dùng để lấy số B001.", Refused("1001"));

        _hall.Restart();
        Assert.Equal("Mã hẹn này đã dùng để lấy số B001.", Refused("1001"));
        Assert.Equal("1001", _hall.State.Tickets.Values.Single().Appointment!.Code);

        // The kiosk withdrew it, or the citizen cancelled: the appointment still stands.
        _hall.Must(new CancelTicket(ticket.GetProperty("id").GetGuid(), null, CancelTicket.ByPhone));
        Assert.Equal("B002", _hall.Must(new CheckIn(_hall.Request(""), "1001", "CT")).GetProperty("number").GetString());
    }

    [Fact]
    public void A_code_that_is_not_known_or_of_another_day_or_service_is_refused_in_words()
    {
        Keep(("1001", "CT", 24 * 60), ("1002", "CT", 10));

        Assert.Equal("unknown-appointment", _hall.Try(new CheckIn(_hall.Request(""), "9999", null)));
        Assert.Equal("Lịch hẹn này là ngày 24/11/2026, không phải hôm nay.", Refused("1001"));
        Assert.Equal("Lịch hẹn này là của lĩnh vực Chứng thực.", Refused("1002", "HT"));
        Assert.Equal("ok", _hall.Try(new CheckIn(_hall.Request(""), "1002", "CT")));
        Assert.DoesNotContain(_hall.State.Tickets.Values, ticket => ticket.Service == "HT");
    }

    [Fact]
    public void Who_is_too_late_has_an_ordinary_number_and_the_code_is_used()
    {
        Keep(("1001", "HT", 0));
        _hall.Pass(15 * 60 + 1);
        var ticket = _hall.Must(new CheckIn(_hall.Request(""), "1001", null));

        Assert.False(ticket.TryGetProperty("appointment", out _));
        Assert.Equal("Mã hẹn này đã dùng để lấy số A001.", Refused("1001"));
    }

    [Fact]
    public void The_booked_service_among_the_further_errands_is_served_once()
    {
        Keep(("1001", "HT", 5));
        var request = _hall.Request("");
        var ticket = _hall.Must(new CheckIn(request with { Issue = request.Issue with { Services = ["HT", "CT"] } }, "1001", null));
        Assert.Equal(["CT"], ticket.GetProperty("services").EnumerateArray().Select(service => service.GetString()));
    }

    [Fact]
    public void Each_line_is_taken_or_told_what_is_wrong_with_it()
    {
        Keep(("1001", "HT", 5));
        _hall.Must(new CheckIn(_hall.Request(""), "1001", null));
        var told = _hall.Must(new KeepAppointments(
        [
            new(2, At(30), "HT", "2001"),
            new(3, null, "HT", "2002"),
            new(4, At(30), "XX", "2003"),
            new(5, At(30), "HT", "20"),
            new(6, At(30), "HT", "12a4"),
            new(7, At(-24 * 60), "HT", "2004"),
            new(8, At(40), "CT", "2001"),
            new(9, At(30), "HT", "1001"),
        ], Administrator));

        Assert.Equal(1, told.GetProperty("taken").GetInt32());
        Assert.Equal(
            [
                "3 2002 Không đọc được giờ hẹn. Hãy viết như 26/11/2026 08:30.",
                "4 2003 Không có lĩnh vực \"XX\". Hãy ghi mã lĩnh vực.",
                "5 20 Mã hẹn gồm 4 đến 12 chữ số.",
                "6 12a4 Mã hẹn gồm 4 đến 12 chữ số.",
                "7 2004 Ngày hẹn đã qua.",
                "8 2001 Mã này đã có ở dòng 2.",
                "9 1001 Mã này đã dùng để lấy số A001.",
            ],
            told.GetProperty("refused").EnumerateArray().Select(line => $"{line.GetProperty("line")} {line.GetProperty("code")} {line.GetProperty("text").GetString()}"));
    }

    [Fact]
    public void A_time_at_which_nobody_is_served_is_refused_with_the_next_at_which_somebody_is()
    {
        using var hall = new WritingHall(alwaysOpen: false);
        hall.Change("""
            "services":[{"code":"HT"
            """, """
            "openingHours":{"days":["Mon","Tue","Wed","Thu","Fri"],"periods":[{"from":"07:30","to":"11:30","lastTicket":"11:00"},{"from":"13:30","to":"17:00"}]},
            "holidays":[{"date":"2026-11-25","name":"Ngày nghỉ thử"}],"services":[{"code":"HT"
            """);
        var day = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(7));
        var told = hall.Must(new KeepAppointments(
        [
            new(1, day.AddHours(7.74), "HT", "2001"),
            new(2, day.AddHours(7.8), "HT", "2002"),
            new(3, day.AddHours(11.25), "HT", "2003"),
            new(4, day.AddHours(11.5), "HT", "2004"),
            new(5, day.AddHours(13.5), "HT", "2005"),
            new(6, day.AddDays(1).AddHours(17), "HT", "2006"),
            new(7, day.AddDays(2).AddHours(9), "HT", "2007"),
            new(8, day.AddDays(5).AddHours(9), "HT", "2008"),
        ], Administrator));

        Assert.Equal("2002 / 2003 / 2005", hall.Row("SELECT code FROM appointment ORDER BY code"));
        Assert.Equal(
            [
                "1 Giờ hẹn đã qua. Hãy ghi giờ muộn hơn bây giờ. | That time is past. Write one that is later than now.",
                "4 Giờ hẹn ngoài giờ làm việc. Hãy ghi từ 13:30 ngày 23/11/2026. | The hall is closed at that time. Write one from 13:30 on 23/11/2026.",
                "6 Giờ hẹn ngoài giờ làm việc. Hãy ghi từ 07:30 ngày 26/11/2026. | The hall is closed at that time. Write one from 07:30 on 26/11/2026.",
                "7 Ngày hẹn là ngày nghỉ. Hãy ghi từ 07:30 ngày 26/11/2026. | The hall is closed on that day. Write one from 07:30 on 26/11/2026.",
                "8 Ngày hẹn là ngày nghỉ. Hãy ghi từ 07:30 ngày 30/11/2026. | The hall is closed on that day. Write one from 07:30 on 30/11/2026.",
            ],
            Refusals(told));
    }

    [Fact]
    public void A_service_that_was_taken_out_has_no_more_appointments()
    {
        _hall.Must(new CancelTicket(_hall.Take("CT"), null, CancelTicket.ByPhone));
        _hall.Change("""
            {"number":1,"services":["HT","CT"]},{"number":2,"services":["CT"]}
            """.Trim(), """
            {"number":1,"services":["HT"]}
            """);
        _hall.Change("""
            ,{"code":"CT","prefix":"B","name":"Chứng thực"}
            """.Trim(), "");
        var told = _hall.Must(new KeepAppointments([new(1, At(30), "CT", "2001"), new(2, At(30), "HT", "2002")], Administrator));

        Assert.Equal(
            ["1 Lĩnh vực \"CT\" đã thôi cấp số. Hãy ghi mã của lĩnh vực khác. | The service \"CT\" gives out no more numbers. Write another service's code."],
            Refusals(told));
    }

    [Fact]
    public void A_list_leaves_one_audit_entry()
    {
        _hall.Must(new KeepAppointments([new(1, At(30), "HT", "2001"), new(2, null, "HT", "2002"), new(3, null, "HT", "2003")], Administrator));
        var at = _hall.Now;
        _hall.Restart();

        var entry = Assert.Single(AuditLog.Read(_hall.Connection, 10));
        Assert.Equal((at, Administrator, new SetupChange("appointments.list", null, "1/3")), (entry.At, entry.Officer, entry.Change));
    }

    [Fact]
    public void What_is_to_come_and_unused_can_be_taken_out_and_the_audit_log_says_what_it_was()
    {
        Keep(("1001", "CT", 30), ("1002", "CT", 10), ("1003", "HT", 5), ("1004", "HT", 24 * 60));
        var ticket = _hall.Must(new CheckIn(_hall.Request(""), "1002", null)).GetProperty("id").GetGuid();
        _hall.Pass(6 * 60);
        Assert.Equal(
            ["unknown-appointment", "not-allowed-now", "not-allowed-now", "ok", "ok", "unknown-appointment"],
            "9999 1002 1003 1001 1004 1001".Split(' ').Select(Remove));
        _hall.Must(new CancelTicket(ticket, null, CancelTicket.ByPhone));
        Assert.Equal("ok", Remove("1002"));

        Assert.Equal("unknown-appointment", _hall.Try(new CheckIn(_hall.Request(""), "1001", null)));
        Assert.Equal("1003", _hall.Row("SELECT code FROM appointment"));
        Assert.Equal(
            ["appointments.list:  > 4/4", "appointments.1001: 2026-11-23T08:30+07:00 CT > ", "appointments.1004: 2026-11-24T08:00+07:00 HT > ", "appointments.1002: 2026-11-23T08:10+07:00 CT > "],
            Entries());
    }

    [Fact]
    public void A_known_code_moves_its_appointment_and_old_ones_are_forgotten_after_a_month()
    {
        Keep(("1001", "HT", 5));
        Keep(("1001", "CT", 60));
        Keep(("1001", "CT", 60));
        Assert.Equal("1001 CT", _hall.Row("SELECT code, service FROM appointment"));
        Assert.Equal(
            ["appointments.1001: 2026-11-23T08:05+07:00 HT > 2026-11-23T09:00+07:00 CT"],
            Entries().Where(entry => !entry.StartsWith(KeepAppointments.Part, StringComparison.Ordinal)));

        for (var day = 0; day < 32; day++)
        {
            _hall.Pass(24 * 60 * 60);
            _hall.Commit();
        }

        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM appointment"));
    }

    private string Remove(string code)
    {
        _hall.Pass(1);
        return _hall.Try(new RemoveAppointment(code, Administrator));
    }

    private void Keep(params (string Code, string Service, int Minutes)[] booked) => Assert.Empty(
        _hall.Must(new KeepAppointments([.. booked.Select((one, index) => new AppointmentLine(index + 1, At(one.Minutes), one.Service, one.Code))], Administrator))
            .GetProperty("refused").EnumerateArray());

    private static IEnumerable<string> Refusals(JsonElement told) => told.GetProperty("refused").EnumerateArray()
        .Select(line => $"{line.GetProperty("line")} {line.GetProperty("text").GetString()} | {line.GetProperty("english").GetString()}");

    private DateTimeOffset At(int minutes) => _hall.Now.AddMinutes(minutes);

    private string Refused(string code, string? service = null)
    {
        var refusal = _hall.Execute(new CheckIn(_hall.Request(""), code, service)).Refusal;
        Assert.Equal("not-allowed-now", refusal?.Code);
        return refusal!.Vietnamese;
    }

    private IEnumerable<string> Entries() =>
        AuditLog.Read(_hall.Connection, 10).Reverse().Select(entry => $"{entry.Change.Part}: {entry.Change.Old} > {entry.Change.New}");
}
