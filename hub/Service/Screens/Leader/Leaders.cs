using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader;

/// <summary>Pages for leaders and administrators alone.</summary>
internal static class Leaders
{
    public static RouteGroupBuilder MapLeaders(this IEndpointRouteBuilder app) => app.MapFor("leader", person => person.Leads);

    public static RouteGroupBuilder MapAdministrators(this IEndpointRouteBuilder app) => app.MapFor("administrator", person => person.Administers);

    private static RouteGroupBuilder MapFor(this IEndpointRouteBuilder app, string whom, Func<Person, bool> may)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            http.Response.Headers.CacheControl = "no-store";
            return http.Person() switch
            {
                { } person when may(person) => await next(context),
                null when IsPart(http) => Results.StatusCode(StatusCodes.Status401Unauthorized),
                null => Results.Redirect($"/signin?next={Uri.EscapeDataString(Address(http))}"),
                _ when IsPart(http) => Results.StatusCode(StatusCodes.Status403Forbidden),
                { Leads: var leads } => new RazorComponentResult<NotAllowedPage>(new { Next = Address(http), For = whom, Leads = leads }) { StatusCode = StatusCodes.Status403Forbidden },
            };
        });
        return pages;
    }

    /// <summary>Who looks, behind the filter above.</summary>
    public static Reader Reader(this HttpContext context, HallSetup setup)
    {
        var person = context.Person() ?? throw new InvalidOperationException("A leader's page was reached without a session.");
        return new Reader(setup.OfficerName(person.Code), person.Administers);
    }

    private static string Address(HttpContext context) => context.Request.Path + context.Request.QueryString;

    /// <summary>Whether a part of a page is asked for, and not the whole.</summary>
    public static bool IsPart(this HttpContext context) => context.Request.Headers.ContainsKey("HX-Request");
}
