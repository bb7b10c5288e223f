using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Display;

/// <summary>The hall's display: public, for a television. <c>?sound=off</c> for a second one.</summary>
internal static class DisplayEndpoints
{
    public static void MapDisplay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/display", (HallBoard board, SetupBook book, Words words, TimeProvider clock, string? sound) =>
            new RazorComponentResult<DisplayPage>(new { View = View(board, book, words, clock), Sound = sound != "off" }));
        pages.MapGet("/display/part", (HallBoard board, SetupBook book, Words words, TimeProvider clock) =>
            new RazorComponentResult<DisplayParts>(new { View = View(board, book, words, clock) }));
    }

    private static DisplayView View(HallBoard board, SetupBook book, Words words, TimeProvider clock) =>
        DisplayView.Of(board.Current.State, book.Current, words, clock.GetUtcNow());
}
