using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Api;
using Reception.Hub.Screens.Leader.Dashboard;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>The administrator's pages: the set-up of the hall in parts, and who changed what.</summary>
internal static class AdminEndpoints
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddScoped<Desk>();

    public static void MapAdmin(this RouteGroupBuilder leaders)
    {
        var pages = leaders.MapAdministrators("/admin");
        pages.MapGet("", () => Results.Redirect("/admin/hours"));
        pages.MapHours();
        pages.MapHolidays();
        pages.MapServices();
        pages.MapCounters();
        pages.MapLanes();
        pages.MapOfficers();
        pages.MapChanges();
    }

    /// <summary>Pages under an address for administrators alone.</summary>
    public static RouteGroupBuilder MapAdministrators(this RouteGroupBuilder leaders, string address)
    {
        var pages = leaders.MapGroup(address);
        pages.AddEndpointFilter(async (context, next) => context.HttpContext.Person() is { Administers: true }
            ? await next(context)
            : new RazorComponentResult<NotAdministratorPage>(new { Next = context.HttpContext.Request.Path.Value }) { StatusCode = StatusCodes.Status403Forbidden });
        return pages;
    }
}
