using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>What everybody may read: the hall, live, and the catalogue.</summary>
internal static class HallEndpoints
{
    public static void MapHall(this RouteGroupBuilder api)
    {
        api.MapGet("/hall", (HallBoard board, Renderer renderer, TimeProvider clock) =>
                EncodedResponse.Of(renderer.Hall(board.Current, clock.GetUtcNow())))
            .Produces<HallDocument>().WithSummary("The hall as it stands.");
        api.MapGet("/hall/events", WatchHall.HandleAsync).Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithSummary("The hall's changes as server-sent events; Last-Event-ID resumes.");
        api.MapGet("/catalog", Catalog).Produces<CatalogDocument>().Produces(StatusCodes.Status304NotModified)
            .WithSummary("Names of the hall, its services, counters, procedures and officers.");
    }

    private static IResult Catalog(HttpContext context, SetupBook book)
    {
        var setup = book.Current;
        context.Response.Headers.ETag = setup.CatalogTag;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Request.Headers.IfNoneMatch.Contains(setup.CatalogTag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new EncodedResponse(new EncodedResult(StatusCodes.Status200OK, setup.CatalogBytes));
    }
}
