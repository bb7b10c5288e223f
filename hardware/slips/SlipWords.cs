using System.Globalization;
using System.Resources;
using Reception.Protocol;

namespace Reception.Slips;

/// <summary>
/// The words of a slip in one language: a template's own, else those of the resource <c>SlipStrings</c> (Vietnamese, with English
/// beside it).
/// </summary>
internal sealed class SlipWords
{
    private static readonly ResourceManager Strings = new("Reception.Slips.SlipStrings", typeof(SlipWords).Assembly);

    // As in the language, whatever the system knows of it: a slip has the same dots everywhere.
    private static readonly NumberFormatInfo VietnameseNumbers = new() { NumberGroupSeparator = "." };

    private readonly CultureInfo culture;
    private readonly IReadOnlyDictionary<string, string>? own;

    public SlipWords(string language, SlipTemplate template)
    {
        culture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "vi");
        own = template.Words.GetValueOrDefault(language);
    }

    /// <summary>The names of the words.</summary>
    public static IReadOnlyList<string> Names =>
        ["Ahead", "AheadOne", "AheadMany", "Wait", .. Protocol.Wait.NamesForTickets, "IssuedAt", "Scan", "Forward", "Priority", "Booked", "Then", "Copy"];

    public string this[string name] =>
        Own(name) ?? Strings.GetString(name, culture) ?? throw new InvalidOperationException($"The slip has no text named {name}.");

    public string Format(string name, object value) => string.Format(culture, this[name], value);

    public string Ahead(int ahead) => Format(ahead == 1 ? "AheadOne" : "AheadMany", ahead.ToString("N0", culture.Name == "en" ? NumberFormatInfo.InvariantInfo : VietnameseNumbers));

    public string Wait(Wait wait) => wait.Name is { } name && Own(name) is { } own ? wait.Fill(own) : wait.Value(culture.Name);

    private string? Own(string name) => own?.GetValueOrDefault(name) is { } word ? PlainText.Of(word) : null;
}
