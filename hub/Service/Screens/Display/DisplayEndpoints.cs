using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Journal;
using Reception.Hub.Phones;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Display;

/// <summary>The hall's display: public, for a television. <c>?sound=off</c> for a second one.</summary>
internal static class DisplayEndpoints
{
    public static void MapDisplay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/display", (HttpContext context, HallBoard board, SetupBook book, JoinByPhone join, Words words, TimeProvider clock, string? sound) =>
            new RazorComponentResult<DisplayPage>(new { View = View(context, board, book, join, words, clock), Sound = sound != "off" }));
        pages.MapGet("/display/part", (HttpContext context, HallBoard board, SetupBook book, JoinByPhone join, Words words, TimeProvider clock) =>
            new RazorComponentResult<DisplayParts>(new { View = View(context, board, book, join, words, clock) }));
    }

    private static DisplayView View(HttpContext context, HallBoard board, SetupBook book, JoinByPhone join, Words words, TimeProvider clock) =>
        DisplayView.Of(board.Current.State, book.Current, words, clock.GetUtcNow()) with { Join = HallNetwork.IsOrigin(context) ? join.CodeInGroups : null };
}
