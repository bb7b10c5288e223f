using System.Globalization;
using System.Text.RegularExpressions;

namespace Reception.Hall.Tests.Parts;

/// <summary>What a hub answered at <c>/metrics</c>, in Prometheus' text format.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> _samples = [];

    private Scrape(string text)
    {
        Text = text;
        foreach (Match sample in Sample.Matches(text))
        {
            _samples.Add((
                sample.Groups[1].Value,
                Label.Matches(sample.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value),
                double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)));
        }
    }

    public string Text { get; }

    /// <summary>The names of all samples of the hub's own metrics.</summary>
    public IReadOnlySet<string> Names =>
        _samples.Select(sample => sample.Name).Where(name => name.StartsWith("reception_", StringComparison.Ordinal)).ToHashSet();

    /// <summary>Asks a hub as a program on its own machine does.</summary>
    public static async Task<Scrape> OfAsync(RunningHall hall)
    {
        var answer = await hall.Anyone.GetAsync("/metrics");
        Assert.True(answer.Status == 200, $"/metrics answered {answer.Status}: {answer.Text}");
        return new Scrape(answer.Text);
    }

    /// <summary>The sum of the samples of a name that have these labels; 0 where there is none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) =>
        _samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value))
            .Sum(sample => sample.Value);

    [GeneratedRegex(@"^(\w+)(?:\{(.*)\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Sample { get; }

    [GeneratedRegex("""([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"[,}]?""")]
    private static partial Regex Label { get; }
}
