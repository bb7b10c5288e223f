using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Journal;
using Reception.Hub.Phones;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Hub.Voice;
using Reception.Theme;

namespace Reception.Hub.Screens.Display;

/// <summary>
/// The hall's display: public, for a television. <c>?sound=off</c> for a second one, <c>?voice=vi,en</c> for calls in both languages.
/// </summary>
internal static class DisplayEndpoints
{
    public static void MapDisplay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/display", IResult (HttpContext context, Scene scene, string? sound, string? voice) =>
            new RazorComponentResult<DisplayPage>(new { View = scene.View(context), Sound = sound != "off", Voice = Voice(voice) }));
        pages.MapGet("/display/part", IResult (HttpContext context, Scene scene) => new RazorComponentResult<DisplayParts>(new { View = scene.View(context) }));
    }

    /// <summary>What a display asks for of the languages that have clips, else the first of them.</summary>
    private static string Voice(string? asked) =>
        asked?.Split(',').Intersect(Clips.Languages).ToList() is { Count: > 0 } languages ? string.Join(' ', languages) : Clips.Languages[0];

    public static IServiceCollection AddDisplay(this IServiceCollection services) => services.AddScoped<Scene>();

    /// <summary>What a request sees.</summary>
    internal sealed class Scene(HallBoard board, SetupBook book, Renderer renderer, JoinByPhone join, Words words, TimeProvider clock)
    {
        public DisplayView View(HttpContext context)
        {
            var (hall, now) = (board.Current, clock.GetUtcNow());
            return DisplayView.Of(hall.State, renderer.Hall(hall, now).Services, book.Current, words, now) with
            {
                Join = HallNetwork.IsOrigin(context) ? join.CodeInGroups : null,
            };
        }
    }
}
