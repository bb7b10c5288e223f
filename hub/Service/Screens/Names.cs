using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens;

/// <summary>The hall's own names as a screen in one language shows them.</summary>
internal sealed class Names(HallSetup setup, Words words)
{
    /// <summary>A service's name.</summary>
    public string Service(string code) => setup.Service(code) is { } service ? Of(service) : code;

    /// <summary>Some services' names, in a sentence.</summary>
    public string Services(IEnumerable<string> codes) => string.Join(", ", codes.Select(Service));

    /// <summary>The service whose series a number is of: its prefix tells.</summary>
    public ServiceEntry? Issuing(string number) =>
        setup.File.Services.FirstOrDefault(service => number.StartsWith(service.Prefix, StringComparison.Ordinal));

    public string Of(ServiceEntry service) => words.Language == Phrasebook.Vietnamese ? service.Name : service.English ?? service.Name;

    /// <summary>A counter's name; one that was given no name of its own is called by its number.</summary>
    public string Counter(int number) => setup.CounterName(number) is var name && name == $"Quầy {number}" ? words["screens.counter", number] : name;

    /// <summary>The hall's short name.</summary>
    public string Hall => setup.Catalog.Site.ShortName;
}
