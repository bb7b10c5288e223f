namespace Reception.Hub.Statistics;

/// <summary>How many ratings of each level. Satisfied is 4 or 5, dissatisfied 1 or 2.</summary>
public readonly record struct LevelCounts(long Level1, long Level2, long Level3, long Level4, long Level5)
{
    public long Rated => Level1 + Level2 + Level3 + Level4 + Level5;
    public long Satisfied => Level4 + Level5;
    public long Dissatisfied => Level1 + Level2;

    public double? SatisfiedShare => Rated == 0 ? null : (double)Satisfied / Rated;
    public double? DissatisfiedShare => Rated == 0 ? null : (double)Dissatisfied / Rated;
    public Wilson? SatisfiedInterval => Wilson.Of(Satisfied, Rated);
    public Wilson? DissatisfiedInterval => Wilson.Of(Dissatisfied, Rated);

    public double? Average => Rated == 0
        ? null
        : (double)(Level1 + 2 * Level2 + 3 * Level3 + 4 * Level4 + 5 * Level5) / Rated;

    public long this[int level] => level switch
    {
        1 => Level1,
        2 => Level2,
        3 => Level3,
        4 => Level4,
        5 => Level5,
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "A level is 1 to 5."),
    };

    public static LevelCounts operator +(LevelCounts left, LevelCounts right) => new(
        left.Level1 + right.Level1, left.Level2 + right.Level2, left.Level3 + right.Level3,
        left.Level4 + right.Level4, left.Level5 + right.Level5);
}
