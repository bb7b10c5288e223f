namespace Reception.Hall.Simulation;

/// <summary>A mean and the half width of its 95 % confidence interval; null where there are too few parts to tell.</summary>
/// <remarks>
/// Parts (days, or stretches of a long run) are taken as independent of each other; the waits within one are not. A mean is therefore a ratio
/// of two sums over parts, and its variance that of a ratio (Law, Simulation Modeling and Analysis, 9.4 and 9.5), with Student's t.
/// </remarks>
public sealed record Interval(double Mean, double? HalfWidth)
{
    public bool Holds(double value) => HalfWidth is { } half && Math.Abs(value - Mean) <= half;

    public static Interval OfMean(IReadOnlyList<(double Sum, int Count)> parts) =>
        new(MeanOf(parts), HalfWidthOf(Deviations(parts)));

    /// <summary>How much longer the waits became, part by part: what both runs have in common cancels out.</summary>
    public static Interval OfChange(IReadOnlyList<(double Sum, int Count)> before, IReadOnlyList<(double Sum, int Count)> after) =>
        new(MeanOf(after) - MeanOf(before), HalfWidthOf([.. Deviations(after).Zip(Deviations(before), (one, other) => one - other)]));

    private static double MeanOf(IReadOnlyList<(double Sum, int Count)> parts) =>
        parts.Sum(part => part.Count) is > 0 and var count ? parts.Sum(part => part.Sum) / count : 0;

    /// <summary>How much each part pulls the mean away.</summary>
    private static double[] Deviations(IReadOnlyList<(double Sum, int Count)> parts)
    {
        var mean = MeanOf(parts);
        var countAPart = Math.Max(1, parts.Sum(part => part.Count)) / (double)parts.Count;
        return [.. parts.Select(part => (part.Sum - (mean * part.Count)) / countAPart)];
    }

    private static double? HalfWidthOf(double[] deviations) => deviations.Length < 2 ? null
        : StudentT(deviations.Length - 1) * Math.Sqrt(deviations.Sum(one => one * one) / (deviations.Length - 1) / deviations.Length);

    /// <summary>The 97.5 % point of Student's t (Abramowitz and Stegun, 26.7.5): within 1 % from two degrees of freedom, 12.7 for one.</summary>
    private static double StudentT(int freedom)
    {
        const double z = 1.959964;
        const double z2 = z * z;
        if (freedom == 1)
        {
            return 12.706;
        }

        ReadOnlySpan<double> terms =
        [
            z * (z2 + 1) / 4,
            z * ((((5 * z2) + 16) * z2) + 3) / 96,
            z * ((((((3 * z2) + 19) * z2) + 17) * z2) - 15) / 384,
            z * ((((((((79 * z2) + 776) * z2) + 1482) * z2) - 1920) * z2) - 945) / 92160,
        ];
        var (point, power) = (z, 1.0);
        foreach (var term in terms)
        {
            power *= freedom;
            point += term / power;
        }

        return point;
    }
}
