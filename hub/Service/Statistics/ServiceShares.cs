namespace Reception.Hub.Statistics;

/// <summary>What one service was rated.</summary>
public sealed record ServiceFigures(string Service, Tally Tally);

/// <summary>Services by their share of levels 1 and 2, the worst first; those that nobody rated last.</summary>
internal static class ServiceShares
{
    public static IReadOnlyList<ServiceFigures> Of(IEnumerable<ServiceHour> cells) =>
        [.. cells.GroupBy(cell => cell.Service)
            .Select(service => new ServiceFigures(service.Key, service.Aggregate(new Tally(), (sum, cell) => sum + cell)))
            .OrderByDescending(service => service.Tally.Levels.DissatisfiedShare ?? -1)
            .ThenByDescending(service => service.Tally.Served)
            .ThenBy(service => service.Service, StringComparer.Ordinal)];
}
