using System.Text.RegularExpressions;
using Reception.Hub.Metrics;
using Reception.Protocol;

namespace Reception.Unit.Tests.Metrics;

/// <summary><c>hub/docs/metrics.md</c> says what exists, all of it and nothing else.</summary>
public sealed partial class MetricsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Checkout.Root, "hub/docs/metrics.md"));

    [Fact]
    public void The_table_lists_each_metric_with_its_kind_its_unit_and_its_labels() => Assert.Equal(
        HubMetrics.All.Select(Row),
        Part("All metrics").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

    [Fact]
    public void Each_metric_has_a_paragraph_on_what_a_bad_value_means() => Assert.Equal(
        HubMetrics.All.Select(metric => metric.Name),
        Heading().Matches(Part("What a bad value means")).Select(heading => heading.Groups[1].Value));

    [Fact]
    public void The_values_of_the_labels_are_those_of_the_code()
    {
        var values = Part("Label values");
        var commands = values.IndexOf("### `reception.command`", StringComparison.Ordinal);
        var refusals = values.IndexOf("### `reception.refusal.code`", StringComparison.Ordinal);
        Assert.Equal(CommandNames.Commands.Order(), FirstColumn(values[commands..refusals]).Order());
        Assert.Equal(CommandNames.RefusalCodes.Order(), FirstColumn(values[refusals..]).Order());
        Assert.All(DeviceKinds.All, kind => Assert.Contains($"`{kind}`", values, StringComparison.Ordinal));
        Assert.All(
            [CommandOutcomes.Done, CommandOutcomes.Refused, CommandOutcomes.Repeated, CommandOutcomes.Failed],
            outcome => Assert.Contains($"`{outcome}`", values, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_example_names_metrics_and_labels_that_exist() => Assert.Empty(PrometheusText.Unknown(Document));

    private static string Row(MetricDefinition metric)
    {
        var kind = metric.Kind == MetricKind.UpDownCounter ? "up-down counter" : metric.Kind.ToString().ToLowerInvariant();
        var labels = string.Join(", ", metric.Labels.Select(label => $"`{label}`"));
        return $"| `{metric.Name}` | `{PrometheusName.Of(metric)}` | {kind} | `{metric.Unit}` | {labels}{(labels.Length > 0 ? " " : "")}|";
    }

    private static string Part(string title)
    {
        var from = Document.IndexOf($"## {title}\n", StringComparison.Ordinal);
        var to = Document.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return Document[from..(to < 0 ? Document.Length : to)];
    }

    private static IEnumerable<string> FirstColumn(string table) => FirstCell().Matches(table).Select(row => row.Groups[1].Value);

    [GeneratedRegex("^### `(reception[a-z.]+)`$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();
}
