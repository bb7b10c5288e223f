using System.Globalization;
using System.Text;

namespace Reception.Slips;

/// <summary>Text from outside on its way to paper.</summary>
public static class PlainText
{
    // Emoji and their like: no font of a kiosk has them, and a box with a code in it is no name.
    private const int FirstPictograph = 0x1F000;

    /// <summary>
    /// The text in NFC on one line: control and format characters, lone surrogates, pictographs and line breaks are no text for a printer,
    /// and too long a text is cut with an ellipsis.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximum">The most characters kept, at least 1.</param>
    public static string Of(string text, int maximum = 200)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                plain.Append(' ');
            }
            else if (rune != Rune.ReplacementChar && rune.Value is not (>= FirstPictograph and < 0x20000) && category is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            {
                plain.Append(rune.ToString());
            }
        }

        var line = string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
        var elements = new StringInfo(line);
        return elements.LengthInTextElements <= maximum ? line : elements.SubstringByTextElements(0, maximum - 1) + "…";
    }
}
