using System.Globalization;
using Reception.Protocol;

namespace Reception.Hub.Statistics;

/// <summary>Officers' figures over some days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Officers">A row for each officer.</param>
internal sealed record OfficerStatisticsDocument(DateOnly From, DateOnly To, IReadOnlyList<OfficerRowDocument> Officers);

/// <summary>An officer's figures: shares with 3 decimals, levels with 2, whole seconds.</summary>
/// <param name="Officer">The officer.</param>
/// <param name="Served">How many visits the officer served.</param>
/// <param name="Rated">How many of them have a rating.</param>
/// <param name="Levels">How many ratings of each level, from <c>1</c> to <c>5</c>.</param>
/// <param name="SatisfiedShare">Levels 4 and 5 over rated; null where nothing was rated.</param>
/// <param name="SatisfiedLowerBound">The lower end of its 95 % Wilson interval; null where nothing was rated.</param>
/// <param name="ResponseRate">Rated over served; null where nothing was served.</param>
/// <param name="AverageLevel">The average level; null where nothing was rated.</param>
/// <param name="AverageServiceSeconds">The average service, in seconds, or null.</param>
/// <param name="AverageWaitSeconds">The average wait, in seconds, or null.</param>
/// <param name="Unattributed">Presses at a counter during this officer's duty that belong to no ticket; in no other figure.</param>
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
