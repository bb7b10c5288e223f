using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>
/// What holds for every request with a session: what counts as done by its person, and that a PIN somebody else knows is changed first.
/// </summary>
internal static class SessionRules
{
    private const string Fragment = "HX-Request";
    private const string Link = "HX-Boosted";

    /// <summary>Serves these routes also to people who must change their PIN first.</summary>
    public static T OpenBeforePinChange<T>(this T routes) where T : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.Metadata.Add(new IsOpenBeforePinChange()));
        return routes;
    }

    public static void UseSessionRules(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Person() is not { } person)
        {
            return next(context);
        }

        if (person.MustChangePin && !MayCome(context))
        {
            return RefuseAsync(context);
        }

        if (!IsByItself(context))
        {
            context.RequestServices.GetRequiredService<Sessions>().Touch(SessionCookie.Read(context));
        }

        return next(context);
    });

    // A program that signs in for its person has no page on which to choose a PIN: people are led there by the pages.
    private static bool MayCome(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || PlainHttp.IsPublic(context)
        || context.GetEndpoint() is not { } endpoint
        || endpoint.Metadata.GetMetadata<IsOpenBeforePinChange>() is not null;

    /// <summary>Whether a page asked without its person: its stream of events, and the parts that it fetches anew after them.</summary>
    private static bool IsByItself(HttpContext context)
    {
        var request = context.Request;
        return PlainHttp.IsPublic(context)
            || (HttpMethods.IsGet(request.Method) && request.Headers.ContainsKey(Fragment) && !request.Headers.ContainsKey(Link));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var request = context.Request;
        context.Response.Headers.CacheControl = "no-store";
        var isPage = HttpMethods.IsGet(request.Method) && !request.Headers.ContainsKey(Fragment);
        if (!isPage)
        {
            return Problems.Response(Refusals.ChangePinFirst).ExecuteAsync(context);
        }

        context.Response.Redirect($"/account?next={Uri.EscapeDataString(request.Path + request.QueryString)}");
        return Task.CompletedTask;
    }

    private sealed class IsOpenBeforePinChange;
}
