using System.Collections.Immutable;

namespace Reception.Hall.Simulation;

/// <summary>What came of a simulated run.</summary>
public sealed record Figures
{
    /// <summary>Days, or the parts of a run that is one long opening.</summary>
    public required int Parts { get; init; }

    /// <summary>How many asked for a number.</summary>
    public required int Came { get; init; }

    /// <summary>How each of them ended: the state of their ticket at the day's end, or the code of the refusal.</summary>
    public required ImmutableSortedDictionary<string, int> Fates { get; init; }

    /// <summary>By service and lane, in the order of the set-up.</summary>
    public required ImmutableArray<Waits> Waits { get; init; }

    public required ImmutableArray<CounterFigures> Counters { get; init; }

    /// <summary>The waits of some rows together.</summary>
    public Waits Of(Func<Waits, bool>? which = null) => Simulation.Waits.Together(Waits.Where(which ?? (_ => true)), Parts);
}

/// <summary>The waits from the number, or the transfer, to the call: in minutes, shortest first.</summary>
/// <param name="Service">Null for several together.</param>
/// <param name="Lane">Null for both together.</param>
/// <param name="Minutes">Every wait.</param>
/// <param name="Sums">Sum and number of the waits of each part.</param>
/// <param name="Overtaken">How often somebody who came later to the same service was called earlier.</param>
/// <param name="MostOvertaken">How often that happened to one alone.</param>
/// <param name="InHand">The counters' time, from the call to the end.</param>
public sealed record Waits(
    string? Service,
    Lane? Lane,
    ImmutableArray<double> Minutes,
    ImmutableArray<(double Sum, int Count)> Sums,
    int Overtaken,
    int MostOvertaken,
    TimeSpan InHand)
{
    public int Calls => Minutes.Length;

    public double Longest => Calls == 0 ? 0 : Minutes[^1];

    public Interval Mean => Interval.OfMean(Sums);

    /// <summary>The wait that such a share of all did not exceed.</summary>
    public double Quantile(double share) => Calls == 0 ? 0 : Minutes[Math.Clamp((int)Math.Ceiling(share * Calls) - 1, 0, Calls - 1)];

    /// <summary>Which share waited longer.</summary>
    public double ShareOver(double minutes) => Calls == 0 ? 0 : Minutes.Count(one => one > minutes) / (double)Calls;

    internal static Waits Together(IEnumerable<Waits> some, int parts)
    {
        var rows = some.ToList();
        return new Waits(
            rows.Select(row => row.Service).Distinct().Take(2).ToList() is [var service] ? service : null,
            rows.Select(row => row.Lane).Distinct().Take(2).ToList() is [var lane] ? lane : null,
            [.. rows.SelectMany(row => row.Minutes).Order()],
            [.. Enumerable.Range(0, parts).Select(part => (rows.Sum(row => row.Sums[part].Sum), rows.Sum(row => row.Sums[part].Count)))],
            rows.Sum(row => row.Overtaken),
            rows.Select(row => row.MostOvertaken).DefaultIfEmpty().Max(),
            rows.Aggregate(TimeSpan.Zero, (sum, row) => sum + row.InHand));
    }
}

/// <summary>A counter's work: calls, and the time on duty, with a ticket in hand and at rest.</summary>
public sealed record CounterFigures(int Number, int Calls, TimeSpan Duty, TimeSpan InHand, TimeSpan Rest)
{
    public double Utilisation => Duty == TimeSpan.Zero ? 0 : InHand / Duty;
}
