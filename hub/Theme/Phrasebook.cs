using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Reception.Theme;

/// <summary>
/// Every string of a program in every language: the theme's own and those that the program embeds as <c>Strings.vi.json</c> and
/// <c>Strings.en.json</c> (or one a concern, <c>Strings.console.vi.json</c>), flat objects from key to text. Built once; <see cref="In"/> gives the words of one language.
/// </summary>
public sealed class Phrasebook
{
    /// <summary>The language of a hall where a person chose none.</summary>
    public const string Vietnamese = "vi";

    private readonly FrozenDictionary<string, Words> _languages;

    public Phrasebook(IEnumerable<Assembly> programs)
    {
        var languages = new Dictionary<string, Dictionary<string, string>>();
        foreach (var assembly in programs.Prepend(typeof(Phrasebook).Assembly).Distinct())
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(IsStrings))
            {
                var language = name.Split('.')[^2];
                if (!languages.TryGetValue(language, out var texts))
                {
                    languages[language] = texts = [];
                }

                using var stream = assembly.GetManifestResourceStream(name)!;
                foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                {
                    texts.Add(key, text.Normalize());
                }
            }
        }

        _languages = languages.ToFrozenDictionary(pair => pair.Key, pair => new Words(pair.Key, pair.Value.ToFrozenDictionary()));
    }

    public IEnumerable<string> Languages => _languages.Keys;

    /// <summary>The words of a language, or Vietnamese where it is none of ours.</summary>
    public Words In(string? language) =>
        language is not null && _languages.TryGetValue(language, out var words) ? words : _languages[Vietnamese];

    internal bool Knows(string? language) => language is not null && _languages.ContainsKey(language);

    private static bool IsStrings(string name) => name.StartsWith("Strings.", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal);
}
