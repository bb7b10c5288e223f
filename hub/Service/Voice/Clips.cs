using System.Globalization;

namespace Reception.Hub.Voice;

/// <summary>A spoken clip: its file, and the address at which displays find this very version of it.</summary>
internal sealed record Clip(string Path, string Address, string Version);

/// <summary>
/// Every clip of every language: the hall's own recording where it has a valid one, else the clip that was made when the program was built.
/// The folders are read once, when the hub starts.
/// </summary>
internal sealed class Clips
{
    private readonly Dictionary<(string Language, string Name), Clip> _clips = [];
    private readonly List<string> _errors = [];

    /// <param name="builtIn">The folder of the clips that come with the program.</param>
    /// <param name="own">The hall's folder, which may be missing. Each of the two has one folder a language.</param>
    public Clips(string builtIn, string own)
    {
        foreach (var language in Languages)
        {
            AddBuiltIn(language, Path.Combine(builtIn, language));
        }

        if (!Directory.Exists(own))
        {
            return;
        }

        try
        {
            foreach (var folder in new DirectoryInfo(own).GetDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal))
            {
                AddOwn(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _errors.Add($"the hall's recordings can't be read: {exception.Message}");
        }
    }

    /// <summary>The languages that have clips; calls are made in the first where a display asks for none.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["vi", "en"];

    /// <summary>A line for each file or folder that is not used, with its reason.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>How many of the hall's own recordings are in use.</summary>
    public int Own { get; private set; }

    public Clip? Find(string language, string name) => _clips.GetValueOrDefault((language, name));

    /// <summary>A call's clips, or null where one of them is missing or it is not a call.</summary>
    public IReadOnlyList<Clip>? Call(string language, string number, int counter)
    {
        var names = Announcement.Of(number, counter);
        var clips = names?.Select(name => Find(language, name)).OfType<Clip>().ToList();
        return clips?.Count == names?.Count ? clips : null;
    }

    private void AddBuiltIn(string language, string folder)
    {
        var files = Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*.wav") : [];
        foreach (var file in files.Where(Recording.IsWhole))
        {
            Add(language, file);
        }

        if (Announcement.Names.Where(name => Find(language, name) is null).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            _errors.Add(
                $"{folder}: {missing.Count} clips are missing or broken ({missing[0]}.wav …); calls that need them have the chime alone. "
                + "Install the program again.");
        }
    }

    private void AddOwn(DirectoryInfo folder)
    {
        if (!Languages.Contains(folder.Name))
        {
            _errors.Add(
                $"{folder.FullName}: the folder's name is not a valid language; allowed are {string.Join(" and ", Languages)}. "
                + "The folder is ignored.");
            return;
        }

        foreach (var file in folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            if (ErrorOf(file) is { } error)
            {
                _errors.Add($"{file.FullName}: {error}. The file is ignored.");
            }
            else
            {
                Add(folder.Name, file);
                Own++;
            }
        }
    }

    private static string? ErrorOf(FileInfo file)
    {
        if (file.Extension != ".wav" || !Announcement.Names.Contains(Path.GetFileNameWithoutExtension(file.Name)))
        {
            return "the file's name is not a valid clip name; allowed are call.wav, to-counter.wav, letter-a.wav to letter-z.wav, "
                + "digit-0.wav to digit-9.wav, number-1.wav to number-199.wav, and the others in voice.md";
        }

        // Nothing but a plain file has a length: a pipe would never end.
        if (file.Length is 0 or > Recording.LargestBytes)
        {
            return $"it has {file.Length} bytes; 1 to {Recording.LargestBytes} are allowed";
        }

        try
        {
            return Recording.TryRead(File.ReadAllBytes(file.FullName), out var recording, out var error) ? recording.Error() : error;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it can't be read ({exception.Message})";
        }
    }

    private void Add(string language, FileInfo file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var version = string.Create(CultureInfo.InvariantCulture, $"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}");
        _clips[(language, name)] = new Clip(file.FullName, $"/voice/{language}/{name}.wav?v={version}", version);
    }
}
