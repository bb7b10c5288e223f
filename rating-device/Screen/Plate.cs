using Reception.Device.Catalog;
using Reception.Protocol;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary>The names on the screen, from the catalogue that the rater keeps.</summary>
internal sealed record Plate(string? Hall, string? Officer, string? Title, Uri? Photo, string Zone)
{
    private const string UsualZone = "Asia/Ho_Chi_Minh";

    public static Plate Of(RaterView view, CatalogCache catalog, RaterSettings settings)
    {
        CatalogDocument? known = catalog.Current;
        var officer = view.Officer is null ? null : known?.Officers.FirstOrDefault(one => one.Code == view.Officer);
        return new Plate(
            known?.Site.ShortName,
            officer?.Name,
            officer?.Title,
            officer?.Photo is { } photo ? new Uri(settings.Hub, photo) : null,
            known?.Site.TimeZone ?? UsualZone);
    }
}
