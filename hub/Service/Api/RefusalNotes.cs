using Reception.Hub.Security;

namespace Reception.Hub.Api;

/// <summary>Writes to the security log what a person was refused because the role does not allow it.</summary>
internal static class RefusalNotes
{
    public static void UseRefusalNotes(this WebApplication app)
    {
        var notes = app.Services.GetRequiredService<SecurityNotes>();
        app.Use(async (context, next) =>
        {
            await next(context);
            // The route, not the path: what a person types can't fill the log.
            if (context.Response.StatusCode == StatusCodes.Status403Forbidden
                && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
                && context.Person() is { } person)
            {
                var what = $"{context.Request.Method} {route}";
                notes.Add(SecurityKind.Refused, person.Code, new SecurityDetail { From = context.Address(), What = what });
            }
        });
    }
}
