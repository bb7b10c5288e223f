using System.Diagnostics;

namespace Reception.Load;

/// <summary>Times of one kind of action, as p50, p99 and worst.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = [];

    public int Count => _ticks.Count;

    public void Add(long started) => Add(started, Stopwatch.GetTimestamp());

    public void Add(long started, long ended) => _ticks.Add(ended - started);

    public void Add(Latencies others) => _ticks.AddRange(others._ticks);

    public override string ToString()
    {
        if (_ticks.Count == 0)
        {
            return "nothing measured";
        }

        var sorted = _ticks.Order().ToList();
        return $"p50 {Milliseconds(sorted, 0.5)}  p99 {Milliseconds(sorted, 0.99)}  worst {Milliseconds(sorted, 1)}";
    }

    private static string Milliseconds(List<long> sorted, double share)
    {
        var at = Math.Min(sorted.Count - 1, (int)(sorted.Count * share));
        return $"{(double)sorted[at] * 1000 / Stopwatch.Frequency:N2} ms";
    }
}
