using System.Globalization;
using System.Text;

namespace Reception.Protocol;

/// <summary>Texts that people give to things, and that other people read.</summary>
public static class VisibleText
{
    /// <summary>
    /// Whether every character can be seen: no control characters, none without width, and none that turn the direction of writing, with which one
    /// name could be made to look like another.
    /// </summary>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // A lone surrogate is read as the replacement character.
        return text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));
    }
}
