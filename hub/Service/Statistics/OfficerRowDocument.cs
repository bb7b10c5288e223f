using System.Globalization;
using Reception.Protocol;

namespace Reception.Hub.Statistics;

/// <summary>The answer to <c>GET /api/v1/statistics/officers</c>.</summary>
internal sealed record OfficerStatisticsDocument(string From, string To, IReadOnlyList<OfficerRowDocument> Officers);

/// <summary>An officer row as the wire contracts write it: shares with 3 decimals, levels with 2, whole seconds.</summary>
internal sealed record OfficerRowDocument(
    OfficerDocument Officer,
    long Served,
    long Rated,
    IReadOnlyDictionary<string, long> Levels,
    double? SatisfiedShare,
    double? SatisfiedLowerBound,
    double? ResponseRate,
    double? AverageLevel,
    long? AverageServiceSeconds,
    long? AverageWaitSeconds,
    long Unattributed)
{
    public static OfficerRowDocument Of(OfficerFigures figures, string name)
    {
        var levels = figures.Tally.Levels;
        return new OfficerRowDocument(
            new OfficerDocument(figures.Officer, name),
            figures.Tally.Served,
            levels.Rated,
            Enumerable.Range(Protocol.Levels.Lowest, Protocol.Levels.Highest)
                .ToDictionary(level => level.ToString(CultureInfo.InvariantCulture), level => levels[level]),
            Round(levels.SatisfiedShare, 3),
            Round(levels.SatisfiedInterval?.Lower, 3),
            Round(figures.Tally.ResponseRate, 3),
            Round(levels.Average, 2),
            figures.Tally.AverageServiceSeconds,
            figures.Tally.AverageWaitSeconds,
            figures.Unattributed);
    }

    private static double? Round(double? value, int decimals) =>
        value is { } number ? Math.Round(number, decimals, MidpointRounding.AwayFromZero) : null;
}
