using System.Text;
using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84912345678")]
    [InlineData("-cmd")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public void A_text_that_a_spreadsheet_would_run_is_defused(string text) =>
        Assert.Equal($"\"'{text}\"", Lines(new CsvTable(["name"], [[text]]))[1]);

    [Fact]
    public void Numbers_stay_numbers_and_texts_with_commas_and_quotes_stay_one_cell()
    {
        var lines = Lines(new CsvTable(
            ["a", "b"],
            [[-5, 0.897], [1866L, null], ["Nguyễn \"Văn\" A, B", new DateOnly(2026, 11, 23)], [new DateTimeOffset(2026, 11, 23, 10, 38, 0, TimeSpan.FromHours(7)), ""]]));

        Assert.Equal(["a,b", "-5,0.897", "1866,", "\"Nguyễn \"\"Văn\"\" A, B\",2026-11-23", "2026-11-23T10:38:00.000+07:00,", ""], lines);
    }

    [Fact]
    public void A_spreadsheet_sees_by_the_byte_order_mark_that_it_is_UTF_8() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], new CsvTable(["Cán bộ"], []).Write()[..3]);

    private static string[] Lines(CsvTable table) => Encoding.UTF8.GetString(table.Write().AsSpan(3)).Split("\r\n");
}
