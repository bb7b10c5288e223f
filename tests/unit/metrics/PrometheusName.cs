using Reception.Hub.Metrics;

namespace Reception.Unit.Tests.Metrics;

/// <summary>What a metric and a label are called at <c>/metrics</c>.</summary>
internal static class PrometheusName
{
    public static string Of(MetricDefinition metric) =>
        Of(metric.Name) + (metric.Unit == "s" ? "_seconds" : "") + (metric.Kind == MetricKind.Counter ? "_total" : "");

    public static string Of(string name) => name.Replace('.', '_');

    /// <summary>The names of a metric's samples.</summary>
    public static IEnumerable<string> Samples(MetricDefinition metric) =>
        metric.Kind == MetricKind.Histogram ? [$"{Of(metric)}_bucket", $"{Of(metric)}_sum", $"{Of(metric)}_count"] : [Of(metric)];
}
