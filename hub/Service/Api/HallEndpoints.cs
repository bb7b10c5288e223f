using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Api;

/// <summary>What everybody may read: the hall, live, and the catalogue.</summary>
internal static class HallEndpoints
{
    public static void MapHall(this RouteGroupBuilder routes)
    {
        var hall = routes.MapGroup("").WithTags("Hall").ServedPlain();
        hall.MapGet("/hall", (HallBoard board, Renderer renderer, TimeProvider clock) =>
                EncodedResponse.Of(renderer.Hall(board.Current, clock.GetUtcNow())))
            .Describe("getHall", "The public state of the hall.").Reads(KnownBy.Nothing).Gives(Examples.Hall);
        hall.MapGet("/hall/events", WatchHall.HandleAsync)
            .Describe("watchHall", "The hall's changes as server-sent events.", """
                `event` is `hall` (the hall), `call` (an element of its `calls`) or `counter` (an element of its `counters`); for signed-in
                people also `ticket`, and for leaders and administrators `rating`. `data` is the changed object in one line of JSON. The
                events of one version go together, and only the last has `id`, the version. A comment line comes every 15 s.
                `Last-Event-ID` goes on with what came after it where the hub still has that; else, and without it, the stream starts with
                `hall`.
                """)
            .Reads(KnownBy.Nothing).Produces<string>(StatusCodes.Status200OK, EventStream.ContentType)
            .WithMetadata(new ResponseDescription(StatusCodes.Status200OK, Examples.Event, "The stream."));
        hall.MapGet("/catalog", Catalog)
            .Describe("getCatalog", "The names of the hall, its services, counters, procedures and officers.",
                "It has an `ETag`, which `If-None-Match` sends back.")
            .Reads(KnownBy.Nothing).Gives(Examples.Catalog)
            .GivesNothing("The catalogue of `If-None-Match` is still the newest.", StatusCodes.Status304NotModified);
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
