using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Console;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Papers;

/// <summary>Slips that did not come out, and copies of others: on the dashboard while somebody lacks one, and on a page of their own.</summary>
internal static class PapersEndpoints
{
    public static void MapPapers(this RouteGroupBuilder pages)
    {
        pages.MapGet("/papers", IResult (HttpContext context, string? number, HallBoard board, SetupBook book, DeviceLights devices, Renderer renderer, TimeProvider clock, Words words) =>
            new RazorComponentResult<PapersPage>(new
            {
                Names = new Names(book.Current, words),
                Reader = context.Reader(book.Current),
                View = PapersView.OfPage(board.Current.State, book.Current, devices.Printers(), number),
                At = renderer.Local(clock.GetUtcNow()),
            }));
        pages.MapGet("/papers/list", IResult (string? number, HallBoard board, SetupBook book, DeviceLights devices, Renderer renderer, TimeProvider clock, Words words) =>
            new RazorComponentResult<PapersPart>(new
            {
                Names = new Names(book.Current, words),
                View = PapersView.OfPage(board.Current.State, book.Current, devices.Printers(), number),
                At = renderer.Local(clock.GetUtcNow()),
            }));
        pages.MapGet("/dashboard/papers", IResult (HallBoard board, SetupBook book, DeviceLights devices, Words words) =>
            new RazorComponentResult<PapersPart>(new
            {
                Names = new Names(book.Current, words),
                View = PapersView.OfDashboard(board.Current.State, book.Current, devices.Printers()),
            }));
    }
}
