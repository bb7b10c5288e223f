using System.Globalization;
using Reception.Kiosk.Hub;

namespace Reception.Kiosk;

/// <summary>The time as the hall's clock on the wall shows it, and the line of the day after which papers wait.</summary>
internal sealed class HallClock(TimeProvider clock, HubSide hub)
{
    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The instant in the hall's zone; Vietnam's, which has no summer time, where the catalogue names none that is known here.</summary>
    public DateTimeOffset InHall(DateTimeOffset instant) =>
        hub.Catalog?.Site.TimeZone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
            ? TimeZoneInfo.ConvertTime(instant, known)
            : instant.ToOffset(VietnamOffset);

    /// <summary>The catalogue's line, such as <c>15:00</c>, where the given time of the hall is at or past it; else null.</summary>
    public string? ForwardLinePassed(DateTimeOffset inHall) => Passed(hub.Catalog?.ForwardNextDayAfter, inHall);

    internal static string? Passed(string? line, DateTimeOffset inHall) =>
        TimeOnly.TryParseExact(line, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && TimeOnly.FromTimeSpan(inHall.TimeOfDay) >= time
            ? line
            : null;
}
