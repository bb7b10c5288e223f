namespace Reception.Protocol;

/// <summary>The five levels of a rating, worst to best (section 1 of the wire contracts).</summary>
public static class Levels
{
    /// <summary>The lowest level, <c>disappointed</c>.</summary>
    public const int Lowest = 1;

    /// <summary>The highest level, <c>love-it</c>.</summary>
    public const int Highest = 5;

    private static readonly string[] Codes = ["disappointed", "poor", "acceptable", "good", "love-it"];

    /// <summary>Whether <paramref name="level"/> is one of the five.</summary>
    public static bool IsLevel(int level) => level is >= Lowest and <= Highest;

    /// <summary>The level's code, such as <c>love-it</c> for 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 1 to 5.</exception>
    public static string Code(int level) =>
        IsLevel(level) ? Codes[level - Lowest] : throw new ArgumentOutOfRangeException(nameof(level), level, "A level is 1 to 5.");
}
