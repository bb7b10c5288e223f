namespace Reception.Hub.Api;

/// <summary>
/// A browser that has reached the hub by a name over TLS, without a warning, reaches that name over TLS alone from then on (RFC 6797): a typed address
/// does not go in clear. Browsers do not hold IP addresses to it.
/// </summary>
internal static class StrictTransport
{
    private const string Year = "max-age=31536000";

    public static void UseStrictTransport(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.IsHttps && context.Request.Host.Host != "localhost")
        {
            context.Response.Headers.StrictTransportSecurity = Year;
        }

        return next(context);
    });
}
