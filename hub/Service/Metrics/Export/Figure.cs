namespace Reception.Hub.Metrics.Export;

/// <summary>A metric's value for one set of labels.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">A sum; of a histogram, how many measurements there were.</param>
/// <param name="Spread">Of a histogram, how its measurements are spread.</param>
internal sealed record Figure(string Metric, IReadOnlyDictionary<string, string> Labels, long Value, Spread? Spread);

/// <summary>How the measurements of a histogram are spread over its buckets.</summary>
/// <param name="Buckets">The upper bound of each bucket in seconds, and how many measurements are in it; the last one has no bound.</param>
internal sealed record Spread(IReadOnlyList<(double Bound, long Count)> Buckets)
{
    /// <summary>
    /// The upper bound of the bucket that holds this share of the measurements, so that at least the share took no longer; null where
    /// there is no measurement, and infinite beyond the last bound.
    /// </summary>
    public double? Within(double share)
    {
        var wanted = Buckets.Sum(bucket => bucket.Count) * share;
        if (wanted == 0)
        {
            return null;
        }

        long sofar = 0;
        foreach (var (bound, count) in Buckets)
        {
            sofar += count;
            if (sofar >= wanted)
            {
                return bound;
            }
        }

        return double.PositiveInfinity;
    }
}
