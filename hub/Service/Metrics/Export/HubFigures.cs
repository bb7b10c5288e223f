using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Reception.Hub.Metrics.Export;

/// <summary>The present figures for the hub's own page: read by the same SDK that answers at <c>/metrics</c>.</summary>
internal sealed class HubFigures : BaseExporter<Metric>
{
    private readonly Lock _lock = new();
    private List<Figure> _newest = [];

    public HubFigures(TimeProvider timeProvider)
    {
        Since = timeProvider.GetUtcNow();
        Reader = new BaseExportingMetricReader(this) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
    }

    /// <summary>From when on is counted: the hub's start.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Belongs to the provider of the metrics, which starts it and ends it.</summary>
    public MetricReader Reader { get; }

    /// <summary>Every figure that has a value.</summary>
    public IReadOnlyList<Figure> Read()
    {
        lock (_lock)
        {
            Reader.Collect();
            return _newest;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var figures = new List<Figure>();
        foreach (var metric in batch)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                figures.Add(Of(metric, point));
            }
        }

        _newest = figures;
        return ExportResult.Success;
    }

    private static Figure Of(Metric metric, in MetricPoint point)
    {
        var labels = new Dictionary<string, string>();
        foreach (var (name, value) in point.Tags)
        {
            labels[name] = value as string ?? "";
        }

        if (metric.MetricType != MetricType.Histogram)
        {
            return new Figure(metric.Name, labels, point.GetSumLong(), Spread: null);
        }

        var buckets = new List<(double, long)>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            buckets.Add((bucket.ExplicitBound, bucket.BucketCount));
        }

        return new Figure(metric.Name, labels, point.GetHistogramCount(), new Spread(buckets));
    }
}
