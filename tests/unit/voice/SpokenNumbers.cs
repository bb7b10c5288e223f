namespace Reception.Unit.Tests.Voice;

/// <summary>How numbers from 1 to 999 are read: 15 mười lăm, 21 hai mươi mốt, 24 hai mươi tư, 105 một trăm linh năm.</summary>
internal static class SpokenNumbers
{
    private static readonly string[] Digits = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

    private static readonly string[] Teens =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static string Vietnamese(int number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        var (tens, ones) = Math.DivRem(rest, 10);
        var below = tens switch
        {
            0 => Digits[ones],
            1 => "mười" + (ones switch { 0 => "", 5 => " lăm", _ => " " + Digits[ones] }),
            _ => Digits[tens] + " mươi" + (ones switch { 0 => "", 1 => " mốt", 4 => " tư", 5 => " lăm", _ => " " + Digits[ones] }),
        };
        return hundreds == 0 ? below : rest == 0 ? $"{Digits[hundreds]} trăm" : $"{Digits[hundreds]} trăm {(tens == 0 ? "linh " : "")}{below}";
    }

    public static string English(int number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        var below = rest < 20 ? Teens[rest] : Tens[rest / 10] + (rest % 10 == 0 ? "" : "-" + Teens[rest % 10]);
        return hundreds == 0 ? below : rest == 0 ? $"{Teens[hundreds]} hundred" : $"{Teens[hundreds]} hundred and {below}";
    }
}
