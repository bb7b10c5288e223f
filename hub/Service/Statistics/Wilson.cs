namespace Reception.Hub.Statistics;

/// <summary>The 95 % Wilson score interval of a share: honest for few presses, where the plain one would say 100 % ± 0.</summary>
public readonly record struct Wilson(double Lower, double Upper)
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval of <paramref name="hits"/> among <paramref name="all"/>; null among none.</summary>
    public static Wilson? Of(long hits, long all)
    {
        if (all <= 0)
        {
            return null;
        }

        var share = (double)hits / all;
        var square = Z * Z;
        var centre = share + square / (2 * all);
        var spread = Z * Math.Sqrt((share * (1 - share) + square / (4.0 * all)) / all);
        var whole = 1 + square / all;
        return new Wilson(Math.Max(0, (centre - spread) / whole), Math.Min(1, (centre + spread) / whole));
    }

    public bool IsAbove(Wilson other) => Lower > other.Upper;
}
