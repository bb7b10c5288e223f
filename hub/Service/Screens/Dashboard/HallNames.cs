using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Dashboard;

/// <summary>Names of what the figures know by code, in the reader's language; a code that is no longer set up stands for itself.</summary>
public sealed record HallNames(string Site, Func<string, string> Officer, Func<string, string> Service, Func<int, string> Counter)
{
    /// <summary>The hall's whole name, as it stands on paper.</summary>
    public required string SiteInFull { get; init; }

    public required string SiteCode { get; init; }

    /// <summary>An officer's title, or null.</summary>
    public required Func<string, string?> Title { get; init; }

    internal static HallNames Of(HallSetup setup, Words words)
    {
        var english = words.Language == "en";
        return new HallNames(
            setup.Catalog.Site.ShortName,
            setup.OfficerName,
            code => setup.Service(code) is not { } service ? code : english ? service.English ?? service.Name : service.Name,
            number => english ? words["dashboard.counter.name", number] : setup.CounterName(number))
        {
            SiteInFull = setup.Catalog.Site.Name,
            SiteCode = setup.Catalog.Site.Code,
            Title = code => setup.Officer(code)?.Title,
        };
    }
}
