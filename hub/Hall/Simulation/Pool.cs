using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>Counters that have services in common, directly or through others, and those services.</summary>
/// <param name="IsOneQueue">Whether every counter serves every service of them: then it is one queue before equal counters.</param>
public sealed record Pool(ImmutableArray<int> Counters, ImmutableArray<string> Services, bool IsOneQueue)
{
    /// <summary>The pools of the counters; of several plans at once, so that none shares a service with another in any of them.</summary>
    public static ImmutableArray<Pool> Of(params IEnumerable<CounterSetup> counters)
    {
        var pools = new List<List<CounterSetup>>();
        foreach (var counter in counters)
        {
            var linked = pools.FindAll(pool => pool.Exists(other =>
                other.Number == counter.Number || other.Services.Intersect(counter.Services).Any()));
            pools.RemoveAll(linked.Contains);
            pools.Add([.. linked.SelectMany(pool => pool), counter]);
        }

        return [.. pools.Select(Of).OrderBy(pool => pool.Counters[0])];
    }

    private static Pool Of(List<CounterSetup> counters)
    {
        var services = counters.SelectMany(counter => counter.Services).Distinct().ToImmutableArray();
        return new Pool(
            [.. counters.Select(counter => counter.Number).Distinct().Order()],
            services,
            counters.TrueForAll(counter => counter.Services.Distinct().Count() == services.Length));
    }
}
