using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Province;
using Reception.Hub.Rendering;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Leader.Province;

/// <summary>The line to the province on the devices' page: how it does, and what was refused.</summary>
internal static class ProvinceEndpoints
{
    public static void MapProvincePart(this RouteGroupBuilder pages)
    {
        pages.MapGet("/devices/province", Show);
        pages.MapPost("/devices/province/again", SendAgainAsync);
        pages.MapPost("/devices/province/again/all", SendAllAgainAsync);
    }

    public static ProvinceView View(HttpContext context, Forwarder forwarder, Renderer renderer) =>
        ProvinceView.Of(forwarder, renderer, context.Person()?.Role == Roles.Administrator);

    private static IResult Show(HttpContext context, Forwarder forwarder, Renderer renderer) =>
        new RazorComponentResult<ProvincePart>(new { View = View(context, forwarder, renderer) });

    private static Task<IResult> SendAgainAsync(HttpContext context, Forwarder forwarder, Renderer renderer) => ActAsync(context, forwarder, renderer, async () =>
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (long.TryParse(form["sequence"], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            await forwarder.ResendAsync(sequence);
        }
    });

    private static Task<IResult> SendAllAgainAsync(HttpContext context, Forwarder forwarder, Renderer renderer) =>
        ActAsync(context, forwarder, renderer, forwarder.ResendAllAsync);

    private static async Task<IResult> ActAsync(HttpContext context, Forwarder forwarder, Renderer renderer, Func<Task> act)
    {
        if (context.Person()?.Role != Roles.Administrator)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await act();
        return context.IsPart() ? Show(context, forwarder, renderer) : Results.Redirect("/devices#province");
    }
}
