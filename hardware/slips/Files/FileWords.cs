using System.Globalization;
using System.Resources;

namespace Reception.Slips.Files;

/// <summary>What a file may say, in the language of whoever reads the line that a mistake makes.</summary>
/// <param name="strings">A resource in English, with other languages beside it.</param>
/// <param name="language"><c>en</c>, <c>vi</c>.</param>
public sealed class FileWords(ResourceManager strings, string language)
{
    private readonly CultureInfo culture = language == "vi" ? CultureInfo.GetCultureInfo("vi") : CultureInfo.InvariantCulture;

    /// <summary>The rule of a name, with its values filled in.</summary>
    public string this[string name, params object[] values] => string.Format(
        CultureInfo.InvariantCulture, strings.GetString(name, culture) ?? throw new InvalidOperationException($"There is no rule named {name}."), values);
}
