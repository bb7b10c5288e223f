using System.Net;
using Microsoft.AspNetCore.StaticAssets;

namespace Reception.Hub.Api;

/// <summary>
/// What crosses the hall's network without TLS: pages and figures without a session and without a secret (protocol.md, section 3). All else is
/// sent on to <c>https</c>; what a browser would send with it, a cookie or a PIN, is then no longer in clear.
/// </summary>
internal static class PlainHttp
{
    /// <summary>Serves these routes without TLS to other machines too.</summary>
    public static T ServedPlain<T>(this T routes) where T : IEndpointConventionBuilder
    {
        routes.Add(endpoint => endpoint.Metadata.Add(new IsServedPlain()));
        return routes;
    }

    /// <summary>Sends other machines to TLS.</summary>
    /// <param name="app">The program.</param>
    /// <param name="port">The port of TLS; null where other machines do not reach the hub.</param>
    public static void UsePlainHttp(this WebApplication app, int? port)
    {
        if (port is { } https)
        {
            app.Use((context, next) => IsAllowed(context) ? next(context) : RedirectAsync(context, https));
        }
    }

    private static bool IsAllowed(HttpContext context) =>
        context.Request.IsHttps || IsThisMachine(context.Connection) || IsPublic(context);

    /// <summary>Whether a request is for what has no session and no secret.</summary>
    public static bool IsPublic(HttpContext context) => Has<IsServedPlain>(context) || Has<StaticAssetDescriptor>(context);

    private static bool Has<T>(HttpContext context) where T : class => context.GetEndpoint()?.Metadata.GetMetadata<T>() is not null;

    // A socket of this machine has no address.
    private static bool IsThisMachine(ConnectionInfo connection) => connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote);

    private static Task RedirectAsync(HttpContext context, int port)
    {
        var request = context.Request;
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{new HostString(request.Host.Host, port)}{request.PathBase}{request.Path}{request.QueryString}";
        return Task.CompletedTask;
    }

    private sealed class IsServedPlain;
}
