using Reception.Hall;

namespace Reception.Hub.Voice;

/// <summary>The clips that call a ticket to a counter; the same in every language.</summary>
internal static class Announcement
{
    private const int LargestCounter = SetupFaults.LargestCounterNumber;

    // A ticket's sequence is written with three digits or more.
    private const int FewestDigits = 3;
    private const int MostDigits = 6;

    /// <summary>The names of all clips that a call can have.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(
    [
        "call", "to-counter",
        .. Enumerable.Range('a', 26).Select(letter => $"letter-{(char)letter}"),
        .. Enumerable.Range(0, 10).Select(digit => $"digit-{digit}"),
        .. Enumerable.Range(1, LargestCounter).SelectMany(Counter),
    ]);

    /// <summary>
    /// The clips' names in their order, or null where the number or the counter is not valid. The ticket's number is said letter by
    /// letter and digit by digit, the counter's as a number.
    /// </summary>
    public static IReadOnlyList<string>? Of(string number, int counter) =>
        counter is < 1 or > LargestCounter || number is not [>= 'A' and <= 'Z', ..] || number.Length is <= FewestDigits or > MostDigits + 1
            || !number.AsSpan(1).ContainsOnlyDigits()
            ? null
            :
            [
                "call", $"letter-{char.ToLowerInvariant(number[0])}", .. number.Skip(1).Select(digit => $"digit-{digit}"),
                "to-counter", .. Counter(counter),
            ];

    /// <summary>One clip up to 199; above, one for the hundreds and one for the rest: <c>ones-5</c> is "linh năm".</summary>
    private static string[] Counter(int number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        return hundreds < 2 || rest == 0 ? [$"number-{number}"] : [$"hundreds-{hundreds}", rest < 10 ? $"ones-{rest}" : $"number-{rest}"];
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
