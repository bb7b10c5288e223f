using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Settings;

/// <summary>
/// A device's settings, one JSON file, read key by key (<c>broker.port</c> is a key within an object). Every reader throws
/// <see cref="SettingsException"/> where the value is missing or not allowed. Relative paths are relative to the file.
/// </summary>
public sealed class SettingsFile
{
    // What is there is shown in the line for a mistake: a whole list of lists would hide what is allowed.
    private const int LongestShown = 120;

    private static readonly ResourceManager Strings = new("Reception.Settings.SettingsStrings", typeof(SettingsFile).Assembly);

    private readonly string _path;
    private readonly JsonElement _root;
    private readonly string _prefix;
    private readonly Rules _rules;

    private SettingsFile(string path, JsonElement root, string language, string prefix = "")
    {
        _path = path;
        _root = root;
        _prefix = prefix;
        Language = language;
        _rules = new Rules(Strings, language);
    }

    /// <summary>The language of the lines that mistakes make.</summary>
    public string Language { get; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="SettingsException">It is not there, cannot be read, or is no JSON object.</exception>
    public static SettingsFile Open(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetFullPath(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: the settings cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads a file's text; an editor's byte order mark is passed over.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="name">The file's path, or the name that a mistake is told with.</param>
    /// <param name="language">The language of the lines that mistakes make.</param>
    /// <exception cref="SettingsException">It is no JSON object.</exception>
    public static SettingsFile Parse(ReadOnlyMemory<byte> json, string name, string language = "en")
    {
        var rules = new Rules(Strings, language);
        var text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            ReadTexts(text.Span);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new SettingsFile(name, document.RootElement.Clone(), language)
                : throw new SettingsException(rules["NoObject", name]);
        }
        catch (JsonException fault)
        {
            throw new SettingsException(rules["NoJson", name, fault.LineNumber + 1 ?? 1, fault.BytePositionInLine + 1 ?? 1]);
        }
        catch (InvalidOperationException)
        {
            throw new SettingsException(rules["NoText", name]);
        }
    }

    /// <summary>A text that passes <paramref name="isAllowed"/>; <paramref name="allowed"/> says in words what does.</summary>
    public string Text(string key, string allowed, Func<string, bool> isAllowed)
    {
        ArgumentNullException.ThrowIfNull(isAllowed);
        return Find(key) is { ValueKind: JsonValueKind.String } element && element.GetString() is { } text && isAllowed(text)
            ? text
            : throw Fault(key, allowed);
    }

    /// <summary>A whole number within bounds, both included.</summary>
    public int Number(string key, int lowest, int highest) =>
        Find(key) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt32(out var number) && number >= lowest && number <= highest
            ? number
            : throw Fault(key, _rules["WholeNumber", lowest, highest]);

    /// <summary>Yes or no.</summary>
    public bool Flag(string key) => Find(key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(key, _rules["YesOrNo"]),
    };

    /// <summary>A list of texts that each pass <paramref name="isAllowed"/>; <paramref name="allowed"/> says in words what does.</summary>
    public IReadOnlyList<string> Texts(string key, string allowed, Func<string, bool> isAllowed)
    {
        ArgumentNullException.ThrowIfNull(isAllowed);
        var texts = Find(key) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : throw Fault(key, allowed);
        return texts.TrueForAll(text => text.ValueKind == JsonValueKind.String && isAllowed(text.GetString()!))
            ? [.. texts.Select(text => text.GetString()!)]
            : throw Fault(key, allowed);
    }

    /// <summary>One of a few words, and what it stands for.</summary>
    public T OneOf<T>(string key, params (string Word, T Meaning)[] choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var word = Text(key, string.Join(", ", choices.Select(choice => choice.Word)), text => choices.Any(choice => choice.Word == text));
        return choices.First(choice => choice.Word == word).Meaning;
    }

    /// <summary>Refuses any other key, for a mistyped one would be passed over in silence. Within an object where <paramref name="within"/> names one.</summary>
    public void AllowOnly(IReadOnlyCollection<string> keys, string? within = null)
    {
        if (within is null || Find(within) is not null)
        {
            var holder = within is null ? _root : Find(within)!.Value;
            if (holder.ValueKind != JsonValueKind.Object)
            {
                throw Fault(within!, _rules["Object"]);
            }

            if (holder.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !keys.Contains(name)) is { } other)
            {
                throw Fault(within is null ? other : $"{within}.{other}", _rules["OneOfTheKeys", string.Join(", ", keys)]);
            }
        }
    }

    /// <summary>A file that is there, by its path.</summary>
    public string ExistingFile(string key)
    {
        const string Allowed = "the path of a file";
        var path = Resolve(Text(key, Allowed, text => text.Length > 0));
        return File.Exists(path) ? path : throw Fault(key, Allowed + " that is there");
    }

    /// <summary>A device's id.</summary>
    public string Device(string key = "device") => Text(key, "1 to 32 of a-z, 0-9 and -", text => DeviceIds.IsValid(text));

    /// <summary>The address of another program, <c>http</c> or <c>https</c>.</summary>
    public Uri Address(string key)
    {
        const string Allowed = "an address such as http://127.0.0.1:8080";
        return Uri.TryCreate(Text(key, Allowed, _ => true), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw Fault(key, Allowed);
    }

    /// <summary>Where the program's own screen is served: on this machine only.</summary>
    public Uri LoopbackAddress(string key = "http")
    {
        const string Allowed = "an http address on this machine with a port, such as http://127.0.0.1:8082";
        return Uri.TryCreate(Text(key, Allowed, _ => true), UriKind.Absolute, out var address)
            && address.Scheme == "http" && address.IsLoopback && address.AbsolutePath == "/"
            && (IPAddress.TryParse(address.DnsSafeHost, out _) || address.Host == "localhost")
                ? address
                : throw Fault(key, Allowed);
    }

    /// <summary>A folder that can be written; it is made where it is missing.</summary>
    public string Folder(string key = "data")
    {
        const string Allowed = "a folder that can be written";
        var folder = Resolve(Text(key, Allowed, text => text.Length > 0));
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".writable");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(key, $"{Allowed} ({fault.Message})");
        }
    }

    /// <summary>A secret from a file that nobody else on this machine can read: on Linux one with mode 0600 or less.</summary>
    public string Secret(string key)
    {
        var allowed = OperatingSystem.IsWindows()
            ? "the path of a file that holds the secret and that the group Users can't read"
            : "the path of a file with mode 0600 that holds the secret";
        var path = Resolve(Text(key, allowed, text => text.Length > 0));
        try
        {
            if (!PrivateFile.IsPrivate(path))
            {
                throw Fault(key, $"{allowed} (others can read this one)");
            }

            var secret = File.ReadAllText(path).Trim();
            return secret.Length > 0 ? secret : throw Fault(key, $"{allowed} (this one is empty)");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Fault(key, $"{allowed} ({fault.Message})");
        }
    }

    /// <summary>The objects of a list, each read like a file of its own; a list that is missing is empty.</summary>
    public IReadOnlyList<SettingsFile> List(string key, int most)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"a list of at most {most} objects");
        if (Find(key) is not { } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= most && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. list.EnumerateArray().Select((item, place) => new SettingsFile(_path, item, Language, $"{_prefix}{key}[{place}]."))]
            : throw Fault(key, allowed);
    }

    /// <summary>Whether the file names the key.</summary>
    public bool Has(string key) => Find(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>What is wrong with a key, for a rule of the program's own.</summary>
    public SettingsException Fault(string key, string allowed) => new(Find(key) is { } element
        ? _rules["Wrong", _path, _prefix + key, Shown(element), allowed]
        : _rules["Missing", _path, _prefix + key, allowed]);

    // On one line, however the file is laid out.
    private static string Shown(JsonElement element)
    {
        var text = string.Join(' ', element.GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestShown ? text : text[..LongestShown] + "…";
    }

    // JSON can write half a character, as "\ud800"; it shows only when the text is read. Throws InvalidOperationException.
    private static void ReadTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }

    private string Resolve(string path) => Path.GetFullPath(path, Path.GetDirectoryName(_path)!);

    private JsonElement? Find(string key)
    {
        var element = _root;
        foreach (var part in key.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return null;
            }
        }

        return element;
    }
}
