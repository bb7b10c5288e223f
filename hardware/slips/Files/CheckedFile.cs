using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.Json;

namespace Reception.Slips.Files;

/// <summary>
/// A JSON file that a technician writes beside the settings, such as a ticket template or a printer profile, read key by key (<c>sizes.number</c> is
/// a key within an object). Every reader throws <see cref="CheckedFileException"/> where the value is missing or not allowed. Relative paths are
/// relative to the file.
/// </summary>
public sealed class CheckedFile
{
    // What is there is shown in the line for a mistake: a whole list of lists would hide what is allowed.
    private const int LongestShown = 120;

    private static readonly ResourceManager Strings = new("Reception.Slips.Files.FileStrings", typeof(CheckedFile).Assembly);

    private readonly string _path;
    private readonly JsonElement _root;
    private readonly FileWords _words;

    private CheckedFile(string path, JsonElement root, string language)
    {
        _path = path;
        _root = root;
        Language = language;
        _words = new FileWords(Strings, language);
    }

    /// <summary>The language of the lines that mistakes make.</summary>
    public string Language { get; }

    /// <summary>Opens the file.</summary>
    /// <exception cref="CheckedFileException">It is not there, cannot be read, or is no JSON object.</exception>
    public static CheckedFile Open(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), Path.GetFullPath(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckedFileException($"{path}: the file cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads a file's text; an editor's byte order mark is passed over.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="name">The file's path, or the name that a mistake is told with.</param>
    /// <param name="language">The language of the lines that mistakes make.</param>
    /// <exception cref="CheckedFileException">It is no JSON object.</exception>
    public static CheckedFile Parse(ReadOnlyMemory<byte> json, string name, string language = "en")
    {
        var rules = new FileWords(Strings, language);
        var text = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            ReadTexts(text.Span);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new CheckedFile(name, document.RootElement.Clone(), language)
                : throw new CheckedFileException(rules["NoObject", name]);
        }
        catch (JsonException fault)
        {
            throw new CheckedFileException(rules["NoJson", name, fault.LineNumber + 1 ?? 1, fault.BytePositionInLine + 1 ?? 1]);
        }
        catch (InvalidOperationException)
        {
            throw new CheckedFileException(rules["NoText", name]);
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
            : throw Fault(key, _words["WholeNumber", lowest, highest]);

    /// <summary>Yes or no.</summary>
    public bool Flag(string key) => Find(key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(key, _words["YesOrNo"]),
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
                throw Fault(within!, _words["Object"]);
            }

            if (holder.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !keys.Contains(name)) is { } other)
            {
                throw Fault(within is null ? other : $"{within}.{other}", _words["OneOfTheKeys", string.Join(", ", keys)]);
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

    /// <summary>Whether the file names the key.</summary>
    public bool Has(string key) => Find(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>What is wrong with a key, for a rule of the program's own.</summary>
    public CheckedFileException Fault(string key, string allowed) => new(Find(key) is { } element
        ? _words["Wrong", _path, key, Shown(element), allowed]
        : _words["Missing", _path, key, allowed]);

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
