namespace Reception.Hub.Voice;

/// <summary>How Vietnamese says letters, digits and numbers.</summary>
internal static class SpokenVietnamese
{
    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    private const string Letters = "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ";

    private static readonly string[] LetterNames =
    [
        "a", "á", "ớ", "bê", "xê", "dê", "đê", "e", "ê", "ép", "giê", "hát", "i", "gi", "ca", "lờ", "mờ", "nờ", "o", "ô", "ơ", "pê",
        "quy", "rờ", "sờ", "tê", "u", "ư", "vê", "vê kép", "ích", "i dài", "dét",
    ];

    /// <summary>A ticket's number letter by letter and digit by digit, never as a number: <c>A012</c> is <c>a không một hai</c>.</summary>
    public static string Spell(string number) => string.Join(' ', number.Select(sign =>
        char.IsAsciiDigit(sign) ? Digits[sign - '0']
        : Letters.IndexOf(char.ToUpperInvariant(sign), StringComparison.Ordinal) is >= 0 and var letter ? LetterNames[letter]
        : throw new ArgumentException($"'{sign}' has no name in Vietnamese.", nameof(number))));

    /// <summary>A number from 0 to 999 as it is read: 15 mười lăm, 21 hai mươi mốt, 105 một trăm linh năm.</summary>
    public static string Count(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 999);
        var (hundreds, rest) = Math.DivRem(number, 100);
        var (tens, ones) = Math.DivRem(rest, 10);
        if (hundreds == 0)
        {
            return BelowHundred(tens, ones);
        }

        var start = Digits[hundreds] + " trăm";
        return rest == 0 ? start : tens == 0 ? $"{start} linh {Digits[ones]}" : $"{start} {BelowHundred(tens, ones)}";
    }

    private static string BelowHundred(int tens, int ones) => tens switch
    {
        0 => Digits[ones],
        1 => "mười" + (ones switch { 0 => "", 5 => " lăm", _ => " " + Digits[ones] }),
        _ => Digits[tens] + " mươi" + (ones switch { 0 => "", 1 => " mốt", 4 => " tư", 5 => " lăm", _ => " " + Digits[ones] }),
    };
}
