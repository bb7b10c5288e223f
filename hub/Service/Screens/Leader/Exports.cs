using Reception.Hub.Api;
using Reception.Hub.Security;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader;

/// <summary>The tables of the leader's pages as files.</summary>
internal static class Exports
{
    public const string Csv = "csv";
    public const string Xlsx = "xlsx";

    /// <summary>The table in the form that its address ends in, with an entry in the security log; 404 for another one.</summary>
    public static async Task<IResult> FileAsync(HttpContext context, ExportTable table, string form, string name, Words words) => form switch
    {
        Csv => Results.Stream(
            stream => WriteAsync(context, table, $"{name}.csv", counted => counted.WriteCsvAsync(stream, words.Language, CancellationToken.None)),
            "text/csv; charset=utf-8", $"{name}.csv"),
        Xlsx => await WorkbookAsync(context, table, $"{name}.xlsx"),
        _ => Results.NotFound(),
    };

    /// <summary>Writes a table, then an entry in the security log of how many rows left: also where the reader did not wait for the last.</summary>
    private static async Task WriteAsync(HttpContext context, ExportTable table, string name, Func<ExportTable, Task> write)
    {
        // By the end the session may be over.
        var person = context.Person()?.Code;
        var rows = 0;
        try
        {
            await write(table with
            {
                Rows = table.Rows.Select(row =>
                {
                    rows++;
                    return row;
                }),
            });
        }
        finally
        {
            context.RequestServices.GetRequiredService<SecurityNotes>()
                .Add(SecurityKind.Exported, person, new SecurityDetail { From = context.Address(), What = name, Rows = rows });
        }
    }

    // A long record does not have to fit into memory.
    private static async Task<IResult> WorkbookAsync(HttpContext context, ExportTable table, string name)
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
            await WriteAsync(context, table, name, counted =>
            {
                counted.WriteXlsx(file);
                return Task.CompletedTask;
            });
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
