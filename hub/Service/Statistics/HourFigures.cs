namespace Reception.Hub.Statistics;

/// <summary>What was served and rated in one hour of the day, over all days of a period.</summary>
public sealed record HourFigures(int Hour, Tally Tally)
{
    internal static IReadOnlyList<HourFigures> Of(IEnumerable<ServiceHour> cells) =>
        [.. cells.GroupBy(cell => cell.Hour)
            .Select(hour => new HourFigures((int)hour.Key, hour.Aggregate(new Tally(), (sum, cell) => sum + cell)))
            .Where(hour => hour.Tally.Served > 0 || hour.Tally.Levels.Rated > 0)
            .OrderBy(hour => hour.Hour)];
}
