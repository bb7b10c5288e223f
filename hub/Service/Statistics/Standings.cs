namespace Reception.Hub.Statistics;

/// <summary>An officer among the others: ranks as a range, or none where too few pressed.</summary>
public sealed record Standing(OfficerFigures Figures, int? Best, int? Worst)
{
    public bool IsRanked => Best is not null;
}

/// <summary>
/// Officers by the lower bound of their satisfied share. Whose intervals overlap can't be told apart: the best rank counts those
/// wholly above, the worst those wholly below. Small samples come last and have no rank.
/// </summary>
internal static class Standings
{
    /// <summary>Below this many ratings no rank is shown.</summary>
    public const int Minimum = 30;

    public static IReadOnlyList<Standing> Of(IEnumerable<OfficerFigures> officers)
    {
        var sorted = officers
            .OrderByDescending(officer => officer.Tally.Levels.Rated >= Minimum)
            .ThenByDescending(officer => officer.Tally.Levels.SatisfiedInterval?.Lower ?? -1)
            .ThenBy(officer => officer.Officer, StringComparer.Ordinal)
            .ToList();
        var ranked = sorted
            .Where(officer => officer.Tally.Levels.Rated >= Minimum)
            .Select(officer => officer.Tally.Levels.SatisfiedInterval!.Value)
            .ToList();

        return [.. sorted.Select((officer, index) => index < ranked.Count
            ? new Standing(officer, 1 + ranked.Count(other => other.IsAbove(ranked[index])), ranked.Count - ranked.Count(other => ranked[index].IsAbove(other)))
            : new Standing(officer, null, null))];
    }
}
