using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Console;
using Reception.Hub.Screens.Leader.Papers;
using Reception.Hub.Site;
using Reception.Hub.Statistics;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Dashboard;

/// <summary>The leader's pages: the dashboard with its live parts and tables, the ratings, the devices.</summary>
internal static class DashboardEndpoints
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services.AddSingleton<ReadNow>();

    public static void MapDashboard(this RouteGroupBuilder pages)
    {
        pages.MapGet("/dashboard", Show);
        pages.MapGet("/dashboard/now", IResult (ReadNow hall, SetupBook book, Words words) =>
        {
            using var reader = hall.OpenReader();
            return new RazorComponentResult<NowPart>(new { Now = hall.Now(reader), Names = new Names(book.Current, words) });
        });
        pages.MapGet("/dashboard/alert", (HttpContext context, ReadNow hall, SetupBook book, Words words) =>
            Alert(hall, book, words, SeenPresses.Read(context.Request.Cookies[SeenPresses.Cookie])));
        pages.MapPost("/dashboard/seen", Acknowledge);
        pages.MapGet("/dashboard/clock", (HttpContext context, ReadNow hall, SetupBook book) => Clock(hall, context.Reader(book.Current)));
        pages.MapPost("/dashboard/clock", ConfirmAsync);
        pages.MapGet("/dashboard/{table}.{form}", DownloadAsync);
    }

    private static IResult Show(
        HttpContext context, string? period, string? at, ReadNow hall, HallBoard board, SetupBook book, DeviceLights devices, Words words)
    {
        using var reader = hall.OpenReader();
        return new RazorComponentResult<DashboardPage>(new
        {
            Names = new Names(book.Current, words),
            Reader = context.Reader(book.Current),
            Now = hall.Now(reader),
            Papers = PapersView.OfDashboard(board.Current.State, book.Current, devices.Printers()),
            Clock = hall.Clock,
            Alert = hall.Disappointed(reader, SeenPresses.Read(context.Request.Cookies[SeenPresses.Cookie])),
            View = PeriodView.Read(reader, PeriodWords.Read(period, at, hall.Today), hall.Today, hall.Zone),
        });
    }

    private static IResult Alert(ReadNow hall, SetupBook book, Words words, SeenPresses seen)
    {
        using var reader = hall.OpenReader();
        return new RazorComponentResult<AlertPart>(new { Names = new Names(book.Current, words), Alert = hall.Disappointed(reader, seen) });
    }

    /// <summary>A leader has seen the presses that stood on the page; one that came meanwhile stays to be seen.</summary>
    private static async Task<IResult> Acknowledge(HttpContext context, ReadNow hall, SetupBook book, Words words)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var seen = SeenPresses.Read(form["seen"]);
        context.Response.Cookies.Append(SeenPresses.Cookie, seen.Text, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(1) });
        return context.IsPart() ? Alert(hall, book, words, seen) : Results.Redirect("/dashboard");
    }

    private static IResult Clock(ReadNow hall, Reader reader) => new RazorComponentResult<ClockPart>(new { Notice = hall.Clock, MayConfirm = reader.Administers });

    /// <summary>An administrator confirms the machine's clock; the part that follows shows what came of it.</summary>
    private static async Task<IResult> ConfirmAsync(HttpContext context, ReadNow hall, SetupBook book, HallClock clock, JournalWriter journal)
    {
        if (context.Person() is { Administers: true } person)
        {
            try
            {
                await journal.ExecuteAsync(new ConfirmClock(person.Code, clock));
            }
            catch (NotCommittedException)
            {
                // The writer has logged it; the notice stays.
            }
        }

        return context.IsPart() ? Clock(hall, context.Reader(book.Current)) : Results.Redirect("/dashboard");
    }

    private static async Task<IResult> DownloadAsync(
        string table, string form, HttpContext context, string? period, string? at, ReadNow hall, SetupBook book, Words words)
    {
        using var reader = hall.OpenReader();
        var names = new Names(book.Current, words);
        if (table == "now")
        {
            return await Exports.FileAsync(context, DashboardTables.Now(hall.Now(reader), names, words), form, $"now_{Days.Text(hall.Today)}", words);
        }

        var asked = PeriodWords.Read(period, at, hall.Today);
        return DashboardTables.Of(table, PeriodView.Read(reader, asked, hall.Today, hall.Zone), names, words) is { } found
            ? await Exports.FileAsync(context, found, form, $"{table}_{Days.Text(asked.From)}_{Days.Text(asked.To)}", words)
            : Results.NotFound();
    }
}
