using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Appointments;
using Reception.Hub.Journal;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Appointments;

/// <summary>Booked times on a real database: kept, checked in once, refused in words.</summary>
public sealed class CheckInTests : IDisposable
{
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
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM answer"));
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
        ]));

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
    public void A_known_code_moves_its_appointment_and_old_ones_are_forgotten_after_a_month()
    {
        Keep(("1001", "HT", 5));
        Keep(("1001", "CT", 60));
        Assert.Equal("1001 CT", _hall.Row("SELECT code, service FROM appointment"));

        for (var day = 0; day < 32; day++)
        {
            _hall.Pass(24 * 60 * 60);
            _hall.Submit([]);
        }

        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM appointment"));
    }

    private void Keep(params (string Code, string Service, int Minutes)[] booked) => Assert.Empty(
        _hall.Must(new KeepAppointments([.. booked.Select((one, index) => new AppointmentLine(index + 1, At(one.Minutes), one.Service, one.Code))]))
            .GetProperty("refused").EnumerateArray());

    private DateTimeOffset At(int minutes) => _hall.Now.AddMinutes(minutes);

    private string Refused(string code, string? service = null)
    {
        var told = _hall.Submit(new CheckIn(_hall.Request(""), code, service));
        Assert.Equal("not-allowed-now", Problem.ErrorOf(told).Code);
        return JsonSerializer.Deserialize<JsonElement>(told.Body).GetProperty("detail").GetString()!;
    }
}
