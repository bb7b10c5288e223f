using System.Text.RegularExpressions;
using Reception.Hub.Metrics;

namespace Reception.Unit.Tests.Metrics;

/// <summary>Names of metrics and labels in a text for Prometheus.</summary>
internal static partial class PrometheusText
{
    private static readonly HashSet<string> Known =
    [
        .. HubMetrics.All.SelectMany(metric => PrometheusName.Samples(metric).Append(PrometheusName.Of(metric))),
        .. HubMetrics.All.SelectMany(metric => metric.Labels).Select(PrometheusName.Of),
    ];

    /// <summary>The names in it that no metric and no label has.</summary>
    public static IEnumerable<string> Unknown(string text) => Named(text).Except(Known);

    public static IEnumerable<string> Named(string text) => Name().Matches(text).Select(name => name.Value).Distinct();

    [GeneratedRegex(@"\breception_\w+")]
    private static partial Regex Name();
}
