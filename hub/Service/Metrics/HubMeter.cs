using System.Diagnostics.Metrics;

namespace Reception.Hub.Metrics;

/// <summary>Where the hub's parts record. A record touches no disk and no network, and never fails.</summary>
internal sealed class HubMeter : IDisposable
{
    public const string Name = "Reception.Hub";

    /// <summary>The command of a refusal that was made before there was one.</summary>
    public const string NoCommand = "none";

    private const string UnknownDevice = "unknown";

    // From a fast SSD to the longest batch that the writer may take.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Counter<long> _commands;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _prints;
    private readonly Histogram<double> _batch;
    private readonly Histogram<double> _commit;

    public HubMeter()
    {
        (_commands, _refusals, _prints) = (Counter(HubMetrics.Commands), Counter(HubMetrics.Refusals), Counter(HubMetrics.Prints));
        (_batch, _commit) = (Histogram(HubMetrics.BatchDuration), Histogram(HubMetrics.CommitDuration));
    }

    /// <summary>The instruments belong to it.</summary>
    public Meter Meter { get; } = new(Name);

    /// <summary>A command came to one of <see cref="CommandOutcomes"/>.</summary>
    public void Command(string command, string outcome) =>
        _commands.Add(1, new(MetricLabels.Command, command), new(MetricLabels.CommandOutcome, outcome));

    /// <summary>A command was refused, or what was asked before it was one (<see cref="NoCommand"/>).</summary>
    public void Refusal(string command, string code) =>
        _refusals.Add(1, new(MetricLabels.Command, command), new(MetricLabels.RefusalCode, code));

    /// <summary>The writer has done a batch.</summary>
    public void Batch(TimeSpan duration) => _batch.Record(duration.TotalSeconds);

    /// <summary>The database has committed.</summary>
    public void Commit(TimeSpan duration) => _commit.Record(duration.TotalSeconds);

    /// <summary>A device reported what became of a slip.</summary>
    public void Print(string? deviceKind, string outcome) =>
        _prints.Add(1, new(MetricLabels.PrintOutcome, outcome), new(MetricLabels.DeviceKind, deviceKind ?? UnknownDevice));

    /// <summary>Has a metric read when somebody asks for it; <paramref name="read"/> runs on any thread, and is quick.</summary>
    public void Observe(MetricDefinition metric, Func<IEnumerable<Measurement<long>>> read) =>
        Meter.CreateObservableUpDownCounter(metric.Name, read, metric.Unit, metric.Description);

    public void Dispose() => Meter.Dispose();

    private Counter<long> Counter(MetricDefinition metric) => Meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Description);

    private Histogram<double> Histogram(MetricDefinition metric) => Meter.CreateHistogram(
        metric.Name, metric.Unit, metric.Description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
