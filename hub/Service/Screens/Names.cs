using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens;

/// <summary>The hall's own names as a screen in one language shows them; a code that is no longer configured stands for itself.</summary>
public sealed class Names
{
    private readonly HallSetup _setup;
    private readonly Words _words;

    internal Names(HallSetup setup, Words words) => (_setup, _words) = (setup, words);

    /// <summary>The hall's short name.</summary>
    public string Hall => _setup.Catalog.Site.ShortName;

    /// <summary>The hall's whole name, as it stands on paper.</summary>
    public string HallInFull => _setup.Catalog.Site.Name;

    /// <summary>The hall's code at the province.</summary>
    public string HallCode => _setup.Catalog.Site.Code;

    /// <summary>A service's name.</summary>
    public string Service(string code) => _setup.Service(code) is { } service ? Of(service) : code;

    /// <summary>Some services' names, in a sentence.</summary>
    public string Services(IEnumerable<string> codes) => string.Join(", ", codes.Select(Service));

    /// <summary>A counter's name; one that was given no name of its own is called by its number.</summary>
    public string Counter(int number) => _setup.CounterName(number) is var name && name == $"Quầy {number}" ? _words["screens.counter", number] : name;

    /// <summary>An officer's name.</summary>
    public string Officer(string code) => _setup.OfficerName(code);

    /// <summary>An officer's title, or null.</summary>
    public string? Title(string code) => _setup.Officer(code)?.Title;

    /// <summary>The service whose series a number is of: its prefix tells.</summary>
    internal ServiceEntry? Issuing(string number) =>
        _setup.File.Services.FirstOrDefault(service => number.StartsWith(service.Prefix, StringComparison.Ordinal));

    internal string Of(ServiceEntry service) => _words.Language == Phrasebook.Vietnamese ? service.Name : service.English ?? service.Name;
}
