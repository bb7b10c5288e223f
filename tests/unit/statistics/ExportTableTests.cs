using System.Text;
using Reception.Hub.Statistics;
using Xunit;

namespace Reception.Unit.Tests.Statistics;

public sealed class ExportTableTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+84912345678")]
    [InlineData("-cmd")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public async Task A_text_that_a_spreadsheet_would_run_is_defused(string text)
    {
        var table = new ExportTable(["name"], [[text]]);

        Assert.Equal($"\"'{text}\"", (await LinesAsync(table, "en"))[1]);
        Assert.Equal($"\"'{text}\"", (await LinesAsync(table, "vi"))[2]);
    }

    [Fact]
    public async Task Numbers_stay_numbers_and_texts_with_commas_and_quotes_stay_one_cell()
    {
        var table = new ExportTable(
            ["a", "b"],
            [
                [-5, 0.897], [1866L, null], ["Nguyễn \"Văn\" A, B; C", new DateOnly(2026, 11, 23)],
                [new DateTimeOffset(2026, 11, 23, 10, 38, 0, TimeSpan.FromHours(7)), ""],
            ]);
        const string quoted = "\"Nguyễn \"\"Văn\"\" A, B; C\"";

        Assert.Equal(
            ["a,b", "-5,0.897", "1866,", quoted + ",2026-11-23", "2026-11-23T10:38:00.000+07:00,", ""], await LinesAsync(table, "en"));
        Assert.Equal(
            ["sep=;", "a;b", "-5;0,897", "1866;", quoted + ";2026-11-23", "2026-11-23 10:38:00;", ""], await LinesAsync(table, "vi"));
    }

    private static async Task<string[]> LinesAsync(ExportTable table, string language)
    {
        using var file = new MemoryStream();
        await table.WriteCsvAsync(file, language, TestContext.Current.CancellationToken);
        var bytes = file.ToArray();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        return Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n");
    }
}
