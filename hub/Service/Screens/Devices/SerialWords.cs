using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Devices;

/// <summary>The devices on a desk's serial lines in words.</summary>
internal static class SerialWords
{
    /// <summary>What is on the line, with its serial and firmware where it has said them.</summary>
    public static string Name(SerialHealth line, Words words) =>
        string.Join(" ", new[] { words["devices.serial." + Known(line.Role, "rater", "keypad", "sign")], line.Serial, line.Firmware }.Where(part => part is not null));

    /// <summary>What is wrong with it, and what to do.</summary>
    public static IEnumerable<string> Troubles(SerialHealth line, Words words)
    {
        if (line.State != "open")
        {
            yield return words["devices.serial.state." + Known(line.State, "absent", "denied", "busy", "silent", "unusable"), Name(line, words), line.Port];
        }

        foreach (var level in line.Stuck)
        {
            yield return words["devices.serial.stuck", Name(line, words), level];
        }
    }

    /// <summary>A word of a later version is told like the last of those that are known.</summary>
    private static string Known(string word, params ReadOnlySpan<string> known) => known.Contains(word) ? word : known[^1];
}
