using System.Globalization;
using System.Text;
using Microsoft.VisualBasic.FileIO;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>Every table as a file, opened by the spreadsheet of a Vietnamese office.</summary>
[Collection(LeavingTheScreen.Name)]
public sealed class ExportsTests(FullHall hall) : IDisposable
{
    private static readonly string[] Tables =
    [
        "dashboard/now", "dashboard/officers", "dashboard/reasons", "dashboard/services", "dashboard/hours", "dashboard/weeks",
        "dashboard/patterns", "ratings", "devices",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-exports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_Vietnamese_spreadsheet_reads_every_number_and_day_of_every_table_as_it_is()
    {
        foreach (var table in Tables)
        {
            await SaveAsync(table, "csv", "vi");
            await SaveAsync(table, "xlsx", "vi");
        }

        var csv = await LibreOffice.OpenAsync(_folder, [.. Tables.Select(table => Saved(table, "csv"))], LibreOffice.VietnameseCsv);
        var xlsx = await LibreOffice.OpenAsync(_folder, [.. Tables.Select(table => Saved(table, "xlsx"))]);

        foreach (var table in Tables)
        {
            // What a program reads, by RFC 4180 with points, is what the spreadsheet must have found.
            var meant = await ReadEnglishAsync(table);
            var lines = csv[Path.GetFileName(Saved(table, "csv"))];
            Assert.StartsWith("sep=", lines[0][0].Value, StringComparison.Ordinal);
            AssertSame(meant, [.. lines.Skip(1)], table + ".csv");
            AssertSame(meant, xlsx[Path.GetFileName(Saved(table, "xlsx"))], table + ".xlsx");
        }

        var officers = xlsx["dashboard-officers.xlsx"];
        var first = officers.Single(row => row[2].Value == "cb01");
        string Of(string column) => first[officers[0].Select(cell => cell.Value).ToList().IndexOf(column)].Value;
        Assert.Equal(("0.955", "4.53"), (Of("Tỷ lệ hài lòng"), Of("Mức trung bình")));
        var names = officers.Select(row => row[3].Value).ToList();
        Assert.Contains(FullHall.Formula, names);
        Assert.Contains(FullHall.LibraryFormula, names);
        Assert.Contains("'" + FullHall.Formula, csv["dashboard-officers.csv"].Skip(1).Select(row => row[3].Value));
        Assert.Equal(61, xlsx["ratings.xlsx"].Count);
        Assert.Equal(["Lúc", "Đến máy chủ lúc", "Đến muộn"], xlsx["ratings.xlsx"][0].Skip(1).Take(3).Select(cell => cell.Value));
    }

    [Fact]
    public async Task Vietnamese_files_have_semicolons_and_decimal_commas_and_English_ones_commas_and_points()
    {
        foreach (var table in Tables)
        {
            var vietnamese = await SaveAsync(table, "csv", "vi");
            var english = await SaveAsync(table, "csv", "en");
            Assert.StartsWith("\uFEFFsep=;\r\n", vietnamese, StringComparison.Ordinal);
            Assert.Matches("^\uFEFF[^;\r\n]+,[^;\r\n]+\r\n", english);
            Assert.All([vietnamese, english], text => Assert.Equal(text.Count(letter => letter == '\n'), text.Split("\r\n").Length - 1));
        }

        Assert.Contains(";0,955;", await SaveAsync("dashboard/officers", "csv", "vi"), StringComparison.Ordinal);
        Assert.Contains(",0.955,", await SaveAsync("dashboard/officers", "csv", "en"), StringComparison.Ordinal);
    }

    private static void AssertSame(IReadOnlyList<string[]> meant, IReadOnlyList<IReadOnlyList<Cell>> seen, string table)
    {
        Assert.True(meant.Count == seen.Count, $"{table}: {seen.Count} rows of {meant.Count}");
        foreach (var (row, line) in meant.Skip(1).Zip(seen.Skip(1)))
        {
            for (var column = 0; column < row.Length; column++)
            {
                var cell = column < line.Count ? line[column] : new Cell("", "", false);
                var place = $"{table}, {meant[0][column]}: '{row[column]}' was read as {cell}";
                Assert.False(cell.IsFormula, place);
                if (row[column].Length == 0)
                {
                    Assert.True(cell.Kind.Length == 0 || cell.Value.Length == 0, place);
                }
                else if (double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                {
                    Assert.True(cell.Kind == "float" && number.ToString(CultureInfo.InvariantCulture) == cell.Value, place);
                }
                else if (DateTimeOffset.TryParse(row[column], CultureInfo.InvariantCulture, out _) && char.IsAsciiDigit(row[column][0]))
                {
                    // A day, or an instant, which the spreadsheet has by the hall's clock.
                    Assert.True(cell.Kind == "date" && row[column].StartsWith(cell.Value, StringComparison.Ordinal), place);
                }
                else
                {
                    Assert.True(cell.Kind == "string", place);
                }
            }
        }
    }

    private async Task<IReadOnlyList<string[]>> ReadEnglishAsync(string table)
    {
        await SaveAsync(table, "csv", "en", "english-");
        var file = Saved("english-" + table, "csv");
        using var parser = new TextFieldParser(file, Encoding.UTF8) { Delimiters = [","], TrimWhiteSpace = false };
        List<string[]> rows = [];
        while (parser.ReadFields() is { } fields)
        {
            rows.Add(fields);
        }

        return rows;
    }

    private string Saved(string table, string form) => Path.Combine(_folder, $"{table.Replace('/', '-')}.{form}");

    private async Task<string> SaveAsync(string table, string form, string language, string prefix = "")
    {
        var query = table switch
        {
            "ratings" => $"from={FullHall.Few:yyyy-MM-dd}&to={FullHall.Few:yyyy-MM-dd}",
            _ => $"period=month&at={FullHall.Few:yyyy-MM-dd}",
        };
        var (status, _, answer) = await hall.Hub.AskAsync($"/{table}.{form}?{query}&lang={language}", hall.Leader);
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal((200, "attachment"), ((int)status, disposition.DispositionType));
        Assert.EndsWith("." + form, disposition.FileNameStar, StringComparison.Ordinal);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Saved(prefix + table, form), bytes, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }
}
