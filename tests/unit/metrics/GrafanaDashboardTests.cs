using System.Text.Json;
using Reception.Hub.Metrics;

namespace Reception.Unit.Tests.Metrics;

/// <summary><c>hub/docs/grafana-dashboard.json</c> can be imported, and asks for metrics that exist, for each of them.</summary>
public sealed class GrafanaDashboardTests
{
    private static readonly JsonElement Dashboard =
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Checkout.Root, "hub/docs/grafana-dashboard.json")));

    private static readonly List<JsonElement> Panels =
        [.. Dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row")];

    [Fact]
    public void Each_query_names_metrics_and_labels_that_exist()
    {
        Assert.Empty(PrometheusText.Unknown(Dashboard.GetRawText()));
        Assert.All(Queries(), query => Assert.NotEmpty(PrometheusText.Named(query)));
    }

    [Fact]
    public void Each_metric_has_a_panel()
    {
        var named = Queries().SelectMany(PrometheusText.Named).ToHashSet();
        Assert.Empty(HubMetrics.All.Where(metric => !PrometheusName.Samples(metric).Any(named.Contains)).Select(metric => metric.Name));
    }

    [Fact]
    public void The_panels_have_ids_of_their_own_and_do_not_overlap()
    {
        var ids = Dashboard.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var cells = Panels.SelectMany(Cells).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    private static IEnumerable<string> Queries() =>
        Panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!);

    private static IEnumerable<(int X, int Y)> Cells(JsonElement panel)
    {
        var place = panel.GetProperty("gridPos");
        var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
        return from column in Enumerable.Range(x, place.GetProperty("w").GetInt32())
               from line in Enumerable.Range(y, place.GetProperty("h").GetInt32())
               select (column, line);
    }
}
