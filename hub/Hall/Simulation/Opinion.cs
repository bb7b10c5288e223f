namespace Reception.Hall.Simulation;

/// <summary>What a citizen presses, and when after the finish.</summary>
public sealed record Opinion(int Level, TimeSpan After, int? ThenChangesTo, string? Reason)
{
    /// <summary>A longer wait costs no further goodwill, in minutes.</summary>
    private const double Longest = 40;

    /// <summary>The opinion of a citizen who was served; a long wait costs the officer some of the goodwill.</summary>
    /// <param name="manner">How much an officer is liked more than others: 1 is about a level.</param>
    public static Opinion Draw(WardPace pace, double manner, TimeSpan waited, Random random)
    {
        var patience = Math.Min(waited.TotalMinutes, Longest) / Longest;
        var mood = manner + random.Normal() - (0.9 * patience);
        var level = mood switch
        {
            > -0.1 => 5,
            > -1.1 => 4,
            > -1.7 => 3,
            > -2.2 => 2,
            _ => 1,
        };
        return new Opinion(
            level,
            random.Between(2, 7),
            random.Happens(pace.ChangesMind) ? Math.Clamp(level + (random.Happens(0.5) ? 1 : -1), 1, 5) : null,
            level <= 2 && random.Happens(pace.GivesReason)
                ? random.Pick<string>(
                    [("wait", 4 * (0.3 + patience)), ("guidance", 2), ("visits", 2), ("papers", 2), ("attitude", 1), ("other", 0.5)])
                : null);
    }
}
