using System.Globalization;

namespace Reception.Hub.Voice;

/// <summary>How Vietnamese says letters, digits and numbers.</summary>
internal static class SpokenVietnamese
{
    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['A'] = "a", ['Ă'] = "á", ['Â'] = "ớ", ['B'] = "bê", ['C'] = "xê", ['D'] = "dê", ['Đ'] = "đê", ['E'] = "e", ['Ê'] = "ê",
        ['F'] = "ép", ['G'] = "giê", ['H'] = "hát", ['I'] = "i", ['J'] = "gi", ['K'] = "ca", ['L'] = "lờ", ['M'] = "mờ", ['N'] = "nờ",
        ['O'] = "o", ['Ô'] = "ô", ['Ơ'] = "ơ", ['P'] = "pê", ['Q'] = "quy", ['R'] = "rờ", ['S'] = "sờ", ['T'] = "tê", ['U'] = "u",
        ['Ư'] = "ư", ['V'] = "vê", ['W'] = "vê kép", ['X'] = "ích", ['Y'] = "i dài", ['Z'] = "dét",
    };

    /// <summary>A ticket's number letter by letter and digit by digit, never as a number: <c>A012</c> is <c>a không một hai</c>.</summary>
    public static string Spell(string number) => string.Join(' ', number.Select(sign =>
        char.IsAsciiDigit(sign) ? Digits[sign - '0']
        : Letters.TryGetValue(char.ToUpper(sign, CultureInfo.InvariantCulture), out var letter) ? letter
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
