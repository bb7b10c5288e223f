using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace Reception.Hub.Commands;

/// <summary>Options are read as text, so that a bad value is told in one line that says what is allowed.</summary>
internal static class OptionValues
{
    public static Option<string> Option(string name, string what, string otherwise) =>
        new(name) { Description = what, DefaultValueFactory = _ => otherwise };

    public static int Whole(this ParseResult parsed, Option<string> option, int from, int to) =>
        int.TryParse(parsed.GetValue(option), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to
            ? value
            : throw new StartException($"{option.Name}: '{parsed.GetValue(option)}' is no whole number from {from} to {to}.");

    public static double Number(this ParseResult parsed, Option<string> option, double from, double to) =>
        TryNumber(parsed.GetValue(option), out var value) && value >= from && value <= to
            ? value
            : throw new StartException(string.Create(
                CultureInfo.InvariantCulture, $"{option.Name}: '{parsed.GetValue(option)}' is no number from {from} to {to}."));

    /// <summary>A share of 1, written as how many of 100.</summary>
    public static double Share(this ParseResult parsed, Option<string> option) => parsed.Number(option, 0, 100) / 100;

    public static DateOnly Date(this ParseResult parsed, Option<string> option) =>
        DateOnly.TryParseExact(parsed.GetValue(option), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 2000 and < 2200
            ? day
            : throw new StartException($"{option.Name}: '{parsed.GetValue(option)}' is no day from 2000 to 2199; write such as 2026-01-05.");

    /// <summary>Figures by key, written as <c>HT=30,CT=25</c>; null where the option is not given.</summary>
    /// <param name="what">What a key is, in words.</param>
    public static ImmutableDictionary<string, double>? Pairs(this ParseResult parsed, Option<string?> option, string what, Func<string, bool> isKey)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        var pairs = ImmutableDictionary.CreateBuilder<string, double>();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', StringSplitOptions.TrimEntries);
            Demand(parts.Length == 2 && isKey(parts[0]), $"{option.Name}: '{pair}' does not begin with {what}.");
            Demand(TryNumber(parts[1], out var value) && value <= 1e6, $"{option.Name}: '{pair}' does not end with a number from 0 to 1000000.");
            pairs[parts[0]] = value;
        }

        return pairs.ToImmutable();
    }

    public static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new StartException(otherwise);
        }
    }

    private static bool TryNumber(string? text, out double value) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
}
