using System.Text;
using Reception.Hub.Appointments;
using Reception.Hub.Site;
using Reception.Unit.Tests.Site;
using Xunit;

namespace Reception.Unit.Tests.Appointments;

public sealed class AppointmentsCsvTests
{
    private readonly SetupBook _book = Setups.Of("""
        {"site":{"code":"H00.001","name":"Trung tâm thử nghiệm"},
         "services":[{"code":"HT","prefix":"A","name":"Hộ tịch, quốc tịch","english":"Civil status"}],
         "counters":[{"number":1,"services":["HT"]}],
         "officers":[{"code":"cb01","name":"Anh","role":"officer"}]}
        """);

    [Theory]
    [InlineData("26/11/2026 08:30,HT,4821")]
    [InlineData("26/11/2026 08:30;HT;48-21")]
    [InlineData("26/11/2026 8:30\tht\t48 21")]
    [InlineData("\"26/11/2026 08:30\",\"Hộ tịch, quốc tịch\",\"4821\"")]
    [InlineData("26/11/2026 08:30;Civil status;4821;a note of theirs")]
    [InlineData("2026-11-26 08:30,HT,4821")]
    [InlineData("2026-11-26T08:30:00+07:00,HT,4821")]
    [InlineData("2026-11-26T01:30:00Z,HT,4821")]
    [InlineData("08:30 26/11/2026,HT,4821")]
    [InlineData("\uFEFFGiờ hẹn,Lĩnh vực,Mã\r\n\r\n26/11/2026 08:30,HT,4821\r\n\r\n")]
    public void A_line_is_read_in_the_ways_that_spreadsheets_write_it(string text)
    {
        var line = Assert.Single(AppointmentsCsv.Read(text, _book.Current));
        Assert.Equal((new DateTimeOffset(2026, 11, 26, 8, 30, 0, TimeSpan.FromHours(7)), "HT", "4821"), (line.At!.Value.ToOffset(TimeSpan.FromHours(7)), line.Service, line.Code));
        Assert.True(line.HasCode);
    }

    [Fact]
    public void What_can_not_be_read_keeps_its_line_number_and_is_no_exception()
    {
        var lines = AppointmentsCsv.Read("time;service;code\n31/02/2026 08:30;HT;1234\n\n;;7\n26/11/2026;\"HT;12\n26/11/2026 08:30;HT;12a4\n\0;\uFFFD;9", _book.Current);

        Assert.Equal([2, 4, 5, 6, 7], lines.Select(line => line.Line));
        Assert.Equal([false, false, false, true, false], lines.Select(line => line.At is not null));
        Assert.Equal([true, false, false, false, false], lines.Select(line => line.HasCode));
    }

    [Fact]
    public void Whatever_bytes_come_the_list_is_read_to_its_limit()
    {
        var random = new Random(20261126);
        for (var turn = 0; turn < 2000; turn++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            AppointmentsCsv.Read(Encoding.UTF8.GetString(bytes), _book.Current);
        }

        Assert.Equal(AppointmentsCsv.MostLines + 1, AppointmentsCsv.Read(string.Concat(Enumerable.Repeat("x1\n", 2 * AppointmentsCsv.MostLines)), _book.Current).Count);
    }
}
