using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Metrics.Export;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Leader.Admin;

namespace Reception.Hub.Screens.Leader.Metrics;

/// <summary>How the hub does, in the words of its administrator: the figures that <c>/metrics</c> gives to programs.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetricsPage(this RouteGroupBuilder leaders)
    {
        var pages = leaders.MapAdministrators("/admin/metrics");
        pages.MapGet("", IResult (Desk desk, HubFigures figures, Renderer renderer, TimeProvider clock) =>
            new RazorComponentResult<MetricsPage>(new
            {
                desk.Names,
                desk.Reader,
                Since = renderer.Local(figures.Since),
                View = View(figures, renderer, clock),
            }));
        pages.MapGet("/now", IResult (Desk desk, HubFigures figures, Renderer renderer, TimeProvider clock) =>
            new RazorComponentResult<MetricsPart>(new { desk.Names, View = View(figures, renderer, clock) }));
    }

    private static MetricsView View(HubFigures figures, Renderer renderer, TimeProvider clock) =>
        ReadMetrics.Of(figures.Read(), renderer.Local(clock.GetUtcNow()));
}
