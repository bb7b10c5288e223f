using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader;

/// <summary>The tables of the leader's pages as files.</summary>
internal static class Exports
{
    public const string Csv = "csv";
    public const string Xlsx = "xlsx";

    /// <summary>The table in the form that its address ends in; 404 for another one.</summary>
    public static IResult File(ExportTable table, string form, string name, Words words) => form switch
    {
        Csv => Results.Stream(stream => table.WriteCsvAsync(stream, words.Language, CancellationToken.None), "text/csv; charset=utf-8", $"{name}.csv"),
        Xlsx => Workbook(table, $"{name}.xlsx"),
        _ => Results.NotFound(),
    };

    // A long record does not have to fit into memory.
    private static IResult Workbook(ExportTable table, string name)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        try
        {
            table.WriteXlsx(file);
            file.Position = 0;
            return Results.File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
