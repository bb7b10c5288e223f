using System.Resources;
using Reception.Slips.Files;

namespace Reception.Slips;

/// <summary>What a slip is to show of a ticket.</summary>
public enum SlipField
{
    /// <summary>The number. No slip is without.</summary>
    Number,

    /// <summary>The service's name in the slip's language.</summary>
    Service,

    /// <summary>Its name in the other language.</summary>
    English,

    /// <summary>A mark on a ticket of the priority lane, and the booked time.</summary>
    Lane,

    /// <summary>How many are ahead.</summary>
    Ahead,

    /// <summary>About how long.</summary>
    Wait,

    /// <summary>When the number was taken.</summary>
    IssuedAt,

    /// <summary>The QR code of the ticket's page.</summary>
    Code,

    /// <summary>That papers wait for the next working day, where they do.</summary>
    Forward,
}

/// <summary>Sizes of a slip's texts in dots (8 to the millimetre), on 80 mm paper; narrower paper takes them smaller.</summary>
/// <param name="Header">The lines on top.</param>
/// <param name="Number">The number's height with its line, at most; a long number is set smaller.</param>
/// <param name="Service">The service.</param>
/// <param name="English">The service's second name.</param>
/// <param name="Facts">Ahead, wait and time.</param>
/// <param name="Small">All else.</param>
public sealed record SlipSizes(int Header, int Number, int Service, int English, int Facts, int Small);

/// <summary>How a ward's slip looks: one JSON file that is edited without a build, as <c>hardware/docs/printers.md</c> says.</summary>
public sealed record SlipTemplate
{
    private const int MostLines = 6;
    private const int LongestLine = 200;

    private static readonly ResourceManager Strings = new("Reception.Slips.TemplateStrings", typeof(SlipTemplate).Assembly);

    /// <summary>Whether a picture stands above all.</summary>
    public bool NamesLogo { get; init; }

    /// <summary>That picture, or null: there is none, or the template came without it.</summary>
    public Logo? Logo { get; init; }

    /// <summary>The lines on top; <c>{hall}</c> stands for the hall's name.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>What is shown of the ticket.</summary>
    public required IReadOnlySet<SlipField> Fields { get; init; }

    /// <summary>The lines at the end; <c>{hall}</c> stands for the hall's name.</summary>
    public required IReadOnlyList<string> Footer { get; init; }

    /// <summary>The sizes of the texts.</summary>
    public required SlipSizes Sizes { get; init; }

    /// <summary>Whether a second paper, marked as a copy, comes with each slip.</summary>
    public bool SecondCopy { get; init; }

    /// <summary>Whether the printer beeps when the slip is out.</summary>
    public bool Beep { get; init; }

    /// <summary>Whether a drawer opens.</summary>
    public bool OpenDrawer { get; init; }

    /// <summary>Words of the ward's own, by language and by their names in <c>SlipStrings</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>The file of the template that lies beside the program.</summary>
    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "templates", "ticket.json");

    /// <summary>That template.</summary>
    public static SlipTemplate Default => Read(DefaultFile);

    /// <summary>Reads a template.</summary>
    /// <exception cref="CheckedFileException">It is not there, or a value in it is not allowed: one line with the key, the value and what is allowed.</exception>
    public static SlipTemplate Read(string file)
    {
        var settings = CheckedFile.Open(file);
        return From(settings, () => File.ReadAllBytes(settings.ExistingFile("logo.file")));
    }

    /// <summary>Reads a template that comes without its folder: of no path that it names anything is read.</summary>
    /// <param name="json">Its text in UTF-8.</param>
    /// <param name="name">What a mistake is told with.</param>
    /// <param name="logo">The PNG that it names, or null: its slips are then without.</param>
    /// <param name="language">The language of the line that a mistake makes.</param>
    /// <exception cref="CheckedFileException">As with a file.</exception>
    public static SlipTemplate Parse(ReadOnlyMemory<byte> json, string name, byte[]? logo, string language) =>
        From(CheckedFile.Parse(json, name, language), () => logo);

    private static SlipTemplate From(CheckedFile settings, Func<byte[]?> logo)
    {
        var rules = new FileWords(Strings, settings.Language);
        settings.AllowOnly(["logo", "header", "fields", "footer", "sizes", "secondCopy", "beep", "drawer", "words"]);
        settings.AllowOnly(["header", "number", "service", "english", "facts", "small"], "sizes");
        return new SlipTemplate
        {
            NamesLogo = settings.Has("logo"),
            Logo = settings.Has("logo") ? ReadLogo(settings, logo, rules) : null,
            Header = Lines(settings, "header", rules),
            Fields = ReadFields(settings, rules),
            Footer = Lines(settings, "footer", rules),
            Sizes = new SlipSizes(
                settings.Number("sizes.header", TextLayout.SmallestSize, 80),
                settings.Number("sizes.number", 64, 320),
                settings.Number("sizes.service", TextLayout.SmallestSize, 100),
                settings.Number("sizes.english", TextLayout.SmallestSize, 80),
                settings.Number("sizes.facts", TextLayout.SmallestSize, 60),
                settings.Number("sizes.small", TextLayout.SmallestSize, 60)),
            SecondCopy = settings.Flag("secondCopy"),
            Beep = settings.Flag("beep"),
            OpenDrawer = settings.Flag("drawer"),
            Words = settings.Has("words") ? ReadWords(settings, rules) : new Dictionary<string, IReadOnlyDictionary<string, string>>(),
        };
    }

    private static IReadOnlyList<string> Lines(CheckedFile settings, string key, FileWords rules)
    {
        var allowed = rules["Lines", MostLines, LongestLine];
        var lines = settings.Texts(key, allowed, line => line.Length <= LongestLine && !line.Replace("{hall}", "", StringComparison.Ordinal).AsSpan().ContainsAny('{', '}'));
        return lines.Count <= MostLines ? lines : throw settings.Fault(key, allowed);
    }

    private static HashSet<SlipField> ReadFields(CheckedFile settings, FileWords rules)
    {
        var names = Enum.GetValues<SlipField>().ToDictionary(Name);
        var allowed = rules["Fields", string.Join(", ", names.Keys)];
        var fields = settings.Texts("fields", allowed, names.ContainsKey).Select(name => names[name]).ToHashSet();
        return fields.Contains(SlipField.Number) ? fields : throw settings.Fault("fields", allowed);
    }

    private static Logo? ReadLogo(CheckedFile settings, Func<byte[]?> logo, FileWords rules)
    {
        settings.AllowOnly(["file", "width"], "logo");
        var width = settings.Number("logo.width", 16, 352);
        settings.Text("logo.file", rules["FileName"], name => name.Length > 0);
        try
        {
            return logo() is { } picture ? Logo.Read(picture, width, rules) : null;
        }
        catch (InvalidDataException problem)
        {
            throw settings.Fault("logo.file", problem.Message);
        }
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ReadWords(CheckedFile settings, FileWords rules)
    {
        string[] languages = ["vi", "en", "km"];
        settings.AllowOnly(languages, "words");
        var words = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var language in languages.Where(language => settings.Has("words." + language)))
        {
            settings.AllowOnly(SlipWords.Names, "words." + language);
            words.Add(language, SlipWords.Names
                .Where(name => settings.Has($"words.{language}.{name}"))
                .ToDictionary(name => name, name => settings.Text($"words.{language}.{name}", rules["Word", LongestLine], text => IsWord(name, text))));
        }

        return words;
    }

    private static bool IsWord(string name, string text)
    {
        var numbered = name is "AheadOne" or "AheadMany" or "WaitMinutes" or "Forward" or "Booked" or "Then";
        var rest = numbered ? text.Replace("{0}", "", StringComparison.Ordinal) : text;
        return text.Length is > 0 and <= LongestLine && !rest.AsSpan().ContainsAny('{', '}') && (!numbered || name == "AheadOne" || rest.Length < text.Length);
    }

    private static string Name(SlipField field) => char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..];
}
