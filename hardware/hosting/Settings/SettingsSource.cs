using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Reception.Hosting.Settings;

/// <summary>Where a setting comes from, for the line that names a wrong one.</summary>
/// <param name="File">The whole path of the settings file.</param>
/// <param name="Prefix">What the program's environment variables begin with.</param>
/// <param name="Values">The file's keys and the variables.</param>
internal sealed record SettingsSource(string File, string Prefix, IConfigurationRoot Values)
{
    // A whole list of lists would hide what is allowed.
    private const int LongestShown = 120;

    public string Folder => Path.GetDirectoryName(File)!;

    public string Missing(string path, string allowed) => Line($"{Key(path)} is missing; allowed is {allowed}.");

    public string Wrong(string path, string value, string allowed) => $"{Name(path)} is {Shown(value)}; allowed is {allowed}.";

    public string Unknown(string path, IReadOnlyCollection<string> known)
    {
        var name = path[(path.LastIndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) + 1)..];
        var nearest = known.MinBy(one => EditDistance.Between(name.ToUpperInvariant(), one.ToUpperInvariant()));
        return $"{Name(path)} is not a known key; did you mean {nearest}? Known are {string.Join(", ", known)}.";
    }

    /// <summary>A line about the file.</summary>
    public string Line(string fault) => $"{File}: {fault}";

    /// <summary><c>FILE: serial[0].path</c>, or the environment variable's name.</summary>
    private string Name(string path) =>
        Values.Providers.OfType<EnvironmentVariablesConfigurationProvider>().Any(variables => variables.TryGet(path, out _))
            ? $"environment variable {Prefix}{path.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal).ToUpperInvariant()}"
            : Line(Key(path));

    private static string Key(string path) => string.Concat(path.Split(ConfigurationPath.KeyDelimiter)
        .Select((part, place) => int.TryParse(part, out _) ? $"[{part}]" : place == 0 ? part : $".{part}"));

    private static string Shown(string value)
    {
        var line = string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line is "True" or "False" || decimal.TryParse(line, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? line
            : line.Length <= LongestShown ? $"\"{line}\"" : $"\"{line[..LongestShown]}…\"";
    }
}
