using System.Globalization;

namespace Reception.Hub.Demonstration;

/// <summary>How far a demonstration's history goes back, written as <c>12m</c> or <c>30d</c>.</summary>
internal sealed record HistoryLength(int Count, bool InMonths)
{
    public const int MostMonths = 24;
    public const int MostDays = 730;

    public static HistoryLength Parse(string text)
    {
        var inMonths = text.EndsWith('m');
        return (inMonths || text.EndsWith('d'))
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1 && count <= (inMonths ? MostMonths : MostDays)
                ? new HistoryLength(count, inMonths)
                : throw new StartException(
                    $"--history: '{text}' is not a valid length; write 1m to {MostMonths}m for months, or 1d to {MostDays}d for days.");
    }

    /// <summary>The first day of a history that ends before <paramref name="today"/>.</summary>
    public DateOnly FirstBefore(DateOnly today) => InMonths ? today.AddMonths(-Count) : today.AddDays(-Count);
}
