using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Devices;

/// <summary>The devices on a desk's serial lines in words.</summary>
internal static class SerialWords
{
    /// <summary>What is on the line, by its serial where it has said one.</summary>
    public static string Name(SerialHealth line, Words words) =>
        $"{words["devices.serial." + Known(line.Role, "rater", "keypad", "sign")]} {line.Serial}".TrimEnd();

    /// <summary>The same with its firmware, and what the line spoiled and the box still holds.</summary>
    public static string Describe(SerialHealth line, Words words) => string.Join(" · ", new[]
    {
        Name(line, words),
        line.Firmware,
        line.Device,
        line.BadFrames + line.BadFramesAtBox is > 0 and var bad ? words.Count("devices.serial.bad", (int)bad) : null,
        line.Unacknowledged is > 0 and var held ? words.Count("devices.serial.held", (int)held) : null,
    }.Where(part => part is not null));

    /// <summary>What is wrong with it, and what to do.</summary>
    public static IEnumerable<string> Troubles(SerialHealth line, Words words)
    {
        if (line.State != "open")
        {
            yield return words["devices.serial.state." + Known(line.State, "absent", "denied", "busy", "silent", "unusable"), Name(line, words), line.Path];
        }

        foreach (var level in line.Stuck)
        {
            yield return words["devices.serial.stuck", Name(line, words), level];
        }
    }

    /// <summary>A word of a later version is told like the last of those that are known.</summary>
    private static string Known(string word, params ReadOnlySpan<string> known) => known.Contains(word) ? word : known[^1];
}
