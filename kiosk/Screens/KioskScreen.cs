using Microsoft.AspNetCore.Components;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Kiosk.Screens;

/// <summary>What every screen of the kiosk has: the words of the chosen language, and those of the other beside them.</summary>
public abstract class KioskScreen : ComponentBase
{
    [Inject] internal Phrasebook Phrases { get; set; } = null!;

    /// <summary>The chosen language.</summary>
    [Inject] internal Words Words { get; set; } = null!;

    /// <summary>The language beside it, in smaller type.</summary>
    internal Words Beside => Phrases.In(Words.Language == "en" ? "vi" : "en");

    internal static string NameOf(ServiceView service, Words words) =>
        words.Language == "en" && service.English.Length > 0 ? service.English : service.Name;

    internal static string NameOf(CatalogProcedure procedure, Words words) =>
        words.Language == "en" && procedure.English is { Length: > 0 } english ? Capital(english) : procedure.Name;

    internal static string Closed(Words words, ServiceView service) =>
        service is { ClosedReason: "day-off", Holiday: { } holiday } ? words["closed.day-off.named", words.Language == "en" ? holiday.English : holiday.Name]
        : words.Keys.Contains("closed." + service.ClosedReason) ? words["closed." + service.ClosedReason] : words["closed"];

    internal static string Opens(Words words, ServiceView service) =>
        service.OpensAt is { } opens ? words["closed.opens", words.Time(opens), opens.ToString("dd/MM", words.Culture)] : "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
