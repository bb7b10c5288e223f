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
        pages.MapGet("/display", (HttpContext context, Scene scene, string? sound) =>
            new RazorComponentResult<DisplayPage>(new { View = scene.View(context), Sound = sound != "off" }));
        pages.MapGet("/display/part", (HttpContext context, Scene scene) => new RazorComponentResult<DisplayParts>(new { View = scene.View(context) }));
    }

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
