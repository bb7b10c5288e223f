namespace Reception.Hall.Simulation;

/// <summary>The distributions that a hall is made of, drawn from one seeded source.</summary>
public static class Chance
{
    /// <summary>A source of its own for one purpose, so that what one person draws moves nobody else.</summary>
    public static Random For(int seed, params ReadOnlySpan<int> purpose)
    {
        var mixed = (ulong)(uint)seed;
        foreach (var part in purpose)
        {
            mixed = Mix((mixed << 32) ^ (mixed >> 32) ^ (uint)part);
        }

        return new Random((int)(mixed >> 33));
    }

    public static bool Happens(this Random random, double share) => random.NextDouble() < share;

    public static TimeSpan Between(this Random random, double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + ((toSeconds - fromSeconds) * random.NextDouble()));

    /// <summary>A span around a mean: half of it to one and a half.</summary>
    public static TimeSpan About(this Random random, TimeSpan mean) => mean * (0.5 + random.NextDouble());

    /// <summary>Exponential with mean 1, as is the time between events that come independently.</summary>
    public static double Exponential(this Random random) => -Math.Log(1 - random.NextDouble());

    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Log-normal, as service times are: mostly short, some very long, at most five times the mean.</summary>
    public static TimeSpan ServiceTime(this Random random, TimeSpan mean, double spread)
    {
        var variance = Math.Log(1 + (spread * spread));
        var seconds = mean.TotalSeconds * Math.Exp((Math.Sqrt(variance) * random.Normal()) - (variance / 2));
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 15, Math.Max(15, mean.TotalSeconds * 5)));
    }

    /// <summary>One of the items, each as often as its weight says.</summary>
    public static T Pick<T>(this Random random, ReadOnlySpan<(T Item, double Weight)> choices)
    {
        var sum = 0.0;
        foreach (var (_, weight) in choices)
        {
            sum += weight;
        }

        var drawn = random.NextDouble() * sum;
        foreach (var (item, weight) in choices)
        {
            drawn -= weight;
            if (drawn < 0)
            {
                return item;
            }
        }

        return choices[^1].Item;
    }

    // SplitMix64's last step. Sources whose seeds are neighbours draw alike at first: every desk would meet the same first citizen.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
