using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Province;
using Reception.Hub.Site;

namespace Reception.Hub.Screens.Province;

/// <summary>The line to the province on the devices' page: how it does, and what was refused.</summary>
internal static class ProvinceEndpoints
{
    public static void MapProvincePart(this RouteGroupBuilder pages)
    {
        pages.MapGet("/devices/province", Show);
        pages.MapPost("/devices/province/again", SendAgainAsync);
    }

    public static ProvinceView View(HttpContext context, Forwarder forwarder, Renderer renderer) =>
        ProvinceView.Of(forwarder, renderer, context.Person()?.Role == Roles.Administrator);

    private static IResult Show(HttpContext context, Forwarder forwarder, Renderer renderer) =>
        new RazorComponentResult<ProvincePart>(new { View = View(context, forwarder, renderer) });

    private static async Task<IResult> SendAgainAsync(HttpContext context, Forwarder forwarder, Renderer renderer)
    {
        if (context.Person()?.Role != Roles.Administrator)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (long.TryParse(form["sequence"], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            await forwarder.ResendAsync(sequence);
        }

        return context.Request.Headers.ContainsKey("HX-Request") ? Show(context, forwarder, renderer) : Results.Redirect("/devices#province");
    }
}
