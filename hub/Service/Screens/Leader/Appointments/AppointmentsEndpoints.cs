using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Reception.Hub.Api;
using Reception.Hub.Appointments;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Appointments;

/// <summary>The administrator's page of booked times: the list, the file that fills it, and the one to take out.</summary>
internal static class AppointmentsEndpoints
{
    private const int LargestFile = 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void MapAppointmentsPage(this IEndpointRouteBuilder app)
    {
        var own = app.MapAdministrators();
        own.MapGet("/appointments", (Scene scene, string? removed) => scene.Show(removed: removed));
        own.MapPost("/appointments", KeepAsync).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(2 * LargestFile));
        own.MapPost("/appointments/{code}/remove", RemoveAsync).DisableAntiforgery();
    }

    public static IServiceCollection AddAppointmentsPage(this IServiceCollection services) => services.AddScoped<Scene>();

    private static async Task<IResult> KeepAsync(HttpContext context, Scene scene, SetupBook book, Words words)
    {
        if (!context.Request.HasFormContentType)
        {
            return TypedResults.Redirect("/appointments");
        }

        var (lines, fault) = await ReadAsync(context, book.Current, words);
        return lines is null
            ? scene.Show(fault: fault, status: StatusCodes.Status400BadRequest)
            : await scene.ExecuteAsync(new KeepAppointments(lines, context.Person()!.Code), came => scene.Show(came));
    }

    private static Task<IResult> RemoveAsync(HttpContext context, Scene scene, string code) =>
        scene.ExecuteAsync(new RemoveAppointment(code, context.Person()!.Code), _ => TypedResults.Redirect($"/appointments?removed={Uri.EscapeDataString(code)}"));

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

    /// <summary>What a request sees, and does.</summary>
    internal sealed class Scene(
        IHttpContextAccessor accessor, SetupBook book, HallBoard board, HubDatabase database, JournalWriter writer, Words words, TimeProvider clock)
    {
        private readonly HttpContext _context = accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

        /// <summary>Carries a command out; the page follows that comes after it, or this one with what is wrong.</summary>
        public async Task<IResult> ExecuteAsync<T>(JournalCommand<T> command, Func<T, IResult> then)
        {
            try
            {
                var result = await writer.ExecuteAsync(command);
                return result.Refusal is { } refusal ? Show(fault: refusal.In(words.Language), status: Problems.StatusOf(refusal.Code)) : then(result.Value);
            }
            catch (NotCommittedException)
            {
                // The writer has logged it; the administrator may try again.
                return Show(fault: words["appointments.not-ready"], status: StatusCodes.Status503ServiceUnavailable);
            }
        }

        public IResult Show(AppointmentsDocument? came = null, string? removed = null, string? fault = null, int status = StatusCodes.Status200OK)
        {
            _context.Response.StatusCode = status;
            return new RazorComponentResult<AppointmentsPage>(new
            {
                Names = new Names(book.Current, words),
                Reader = _context.Reader(book.Current),
                View = AppointmentsView.Read(database, board.Current.State, book.Current, clock.GetUtcNow()),
                Came = came,
                Removed = removed,
                Fault = fault,
            });
        }
    }
}
