using System.Globalization;
using System.Xml.Linq;

namespace Reception.Hall.Tests.Parts;

/// <summary>LibreOffice as a Vietnamese office has it: it opens files, and says what it took each cell for.</summary>
internal static class LibreOffice
{
    /// <summary>What its import dialog takes from a first line <c>sep=;</c>: UTF-8, semicolons, Vietnamese, dates found.</summary>
    public const string VietnameseCsv = "Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true";

    private const string Profile = """
        <?xml version="1.0" encoding="UTF-8"?>
        <oor:items xmlns:oor="http://openoffice.org/2001/registry">
        <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item>
        </oor:items>
        """;

    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    /// <summary>Opens files, all of them at once because it is slow to start; gives each one's rows by its name.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<Cell>>>> OpenAsync(
        string folder, IReadOnlyList<string> files, string? filter = null)
    {
        var profile = Path.Combine(folder, "profile", "user");
        Directory.CreateDirectory(profile);
        await File.WriteAllTextAsync(Path.Combine(profile, "registrymodifications.xcu"), Profile);
        var opened = Path.Combine(folder, "opened");
        await Spawned.DoneAsync(
            "soffice",
            [
                "--headless", "--norestore", $"-env:UserInstallation=file://{folder}/profile",
                .. filter is null ? [] : new[] { $"--infilter={filter}" },
                "--convert-to", "fods", "--outdir", opened, .. files,
            ]);
        return files.Select(file => Path.GetFileName(file))
            .ToDictionary(file => file, file => Read(Path.Combine(opened, Path.ChangeExtension(file, "fods"))));
    }

    private static IReadOnlyList<IReadOnlyList<Cell>> Read(string file) =>
    [
        .. XDocument.Load(file).Descendants(Table + "table-row")
            .Select(row => row.Elements(Table + "table-cell").SelectMany(cell => Enumerable.Repeat(Cell(cell), Repeats(cell))).ToList())
            .Where(row => row.Exists(cell => cell.Kind.Length > 0)),
    ];

    // A row is filled up to the sheet's last column with one empty cell that is repeated.
    private static int Repeats(XElement cell) => Math.Min(64, (int?)cell.Attribute(Table + "number-columns-repeated") ?? 1);

    private static Cell Cell(XElement cell)
    {
        var kind = (string?)cell.Attribute(Office + "value-type") ?? "";
        return new Cell(kind, kind switch
        {
            "date" => (string)cell.Attribute(Office + "date-value")!,
            "string" => string.Concat(cell.Elements(Text + "p").Select(line => line.Value)),
            "" => "",
            _ => ((double)cell.Attribute(Office + "value")!).ToString(CultureInfo.InvariantCulture),
        }, cell.Attribute(Table + "formula") is not null);
    }
}

/// <summary>A cell as a spreadsheet took it.</summary>
/// <param name="Kind"><c>float</c>, <c>date</c>, <c>string</c>, or empty.</param>
/// <param name="Value">The number with a point, the day as 2026-11-23, or the text.</param>
internal sealed record Cell(string Kind, string Value, bool IsFormula);
