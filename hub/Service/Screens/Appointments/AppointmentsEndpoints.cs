using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Appointments;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Dashboard;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Appointments;

/// <summary>The administrator's page of booked times: the list, and the file that fills it.</summary>
internal static class AppointmentsEndpoints
{
    private const int LargestFile = 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapAppointmentsPage(this IEndpointRouteBuilder app)
    {
        var own = app.MapAdministrators();
        own.MapGet("/appointments", (HttpContext context, SetupBook book, HallBoard board, JournalFile journal, Words words) =>
            Show(context, book, board, journal, words, null, null));
        own.MapPost("/appointments", KeepAsync).DisableAntiforgery();
    }

    private static async Task<IResult> KeepAsync(
        HttpContext context, SetupBook book, HallBoard board, JournalFile journal, JournalWriter writer, CarryTrail trail, Words words)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Redirect("/appointments");
        }

        var (lines, fault) = await ReadAsync(context, book.Current, words);
        if (lines is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Show(context, book, board, journal, words, null, fault);
        }

        try
        {
            var told = await writer.SubmitAsync(new KeepAppointments(lines, context.Person()!.Code));
            trail.Wake();
            return Show(context, book, board, journal, words, ProtocolJson.Read<AppointmentsDocument>(told.Body), null);
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the administrator may try again.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Show(context, book, board, journal, words, null, words["appointments.not-ready"]);
        }
    }

    private static async Task<(IReadOnlyList<AppointmentLine>? Lines, string Fault)> ReadAsync(HttpContext context, HallSetup setup, Words words)
    {
        if (context.Request.ContentLength is > LargestFile + 4096)
        {
            return (null, words["appointments.too-large", AppointmentsCsv.MostLines]);
        }

        if ((await context.Request.ReadFormAsync(context.RequestAborted)).Files["list"] is not { Length: > 0 } file)
        {
            return (null, words["appointments.no-file"]);
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        try
        {
            var lines = AppointmentsCsv.Read(Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length), setup);
            return lines.Count == 0 ? (null, words["appointments.empty"])
                : lines.Count > AppointmentsCsv.MostLines ? (null, words["appointments.too-large", AppointmentsCsv.MostLines])
                : (lines, "");
        }
        catch (DecoderFallbackException)
        {
            // A spreadsheet saved it in the code page of its machine.
            return (null, words["appointments.encoding"]);
        }
    }

    private static RazorComponentResult<AppointmentsPage> Show(
        HttpContext context, SetupBook book, HallBoard board, JournalFile journal, Words words, AppointmentsDocument? came, string? fault) =>
        new(new
        {
            Names = HallNames.Of(book.Current, words),
            Reader = context.Reader(book.Current),
            View = AppointmentsView.Read(journal, board.Current.State, book.Current),
            Came = came,
            Fault = fault,
        });
}
