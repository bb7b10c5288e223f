using Reception.Device.Catalog;
using Reception.Protocol;
using Reception.Rater.Rating;

namespace Reception.Rater.Screen;

/// <summary>The names on the screen, from the catalogue that the rater keeps.</summary>
internal sealed record ScreenNames(string? Hall, string? Officer, string? Title, Uri? Photo, string Zone)
{
    private const string UsualZone = "Asia/Ho_Chi_Minh";

    public static ScreenNames Of(RaterView view, CatalogCache catalog, RaterOptions options)
    {
        CatalogDocument? known = catalog.Current;
        var officer = view.Officer is null ? null : known?.Officers.FirstOrDefault(one => one.Code == view.Officer);
        return new ScreenNames(
            known?.Site.ShortName,
            officer?.Name,
            officer?.Title,
            officer?.Photo is { } photo ? new Uri(options.Hub, photo) : null,
            known?.Site.TimeZone ?? UsualZone);
    }
}
