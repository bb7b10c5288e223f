using System.Globalization;
using System.Resources;

namespace Reception.Slips;

/// <summary>
/// The words of a slip in one language: a template's own, else those of the resource <c>SlipStrings</c> (Vietnamese, with English
/// beside it).
/// </summary>
internal sealed class SlipWords
{
    private static readonly ResourceManager Strings = new("Reception.Slips.SlipStrings", typeof(SlipWords).Assembly);

    private readonly CultureInfo culture;
    private readonly IReadOnlyDictionary<string, string>? own;

    public SlipWords(string language, SlipTemplate template)
    {
        culture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "vi");
        own = template.Words.GetValueOrDefault(language);
    }

    /// <summary>The names of the words.</summary>
    public static IReadOnlyList<string> Names =>
        ["Ahead", "AheadOne", "AheadMany", "Wait", "WaitNone", "WaitMinutes", "WaitLong", "IssuedAt", "Scan", "Forward", "Priority", "Booked", "Then", "Copy"];

    public string this[string name] =>
        (own?.GetValueOrDefault(name) is { } word ? PlainText.Of(word) : Strings.GetString(name, culture)) ?? throw new InvalidOperationException($"The slip has no text named {name}.");

    public string Format(string name, object value) => string.Format(culture, this[name], value);

    public string Ahead(int ahead) => Format(ahead == 1 ? "AheadOne" : "AheadMany", ahead.ToString("N0", culture));

    public string Wait(int low, int high) => high switch
    {
        0 => this["WaitNone"],
        > WaitEstimate.MostMinutes => this["WaitLong"],
        _ => Format("WaitMinutes", low == high ? high : $"{low}–{high}"),
    };
}
