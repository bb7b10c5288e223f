using Scalar.AspNetCore;

namespace Reception.Hub.OpenApi;

/// <summary><c>/api</c>: the document as a page to read and try, whose script is part of the hub.</summary>
internal static class ApiPage
{
    public static void MapApiPage(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/api", (page, context) =>
        {
            var nonce = Site.Secrets.New();
            page.WithTitle("Reception API").WithOpenApiRoutePattern(ApiDocument.Address).WithNonce(nonce)
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
            // The page adds styles while it runs; a script must be the hub's own. Nothing is fetched from another host.
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                + "font-src 'self' data:; connect-src 'self'; worker-src blob:; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        }).AddEndpointFilter(async (context, next) =>
            // There is one document: /api/v1 is no page.
            context.HttpContext.GetRouteValue("documentName") is null ? await next(context) : Results.NotFound());
    }
}
