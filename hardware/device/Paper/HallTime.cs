using System.Globalization;
using Reception.Protocol;

namespace Reception.Device.Paper;

/// <summary>The hall's own time, and the line of its day after which papers wait, by its catalogue.</summary>
public static class HallTime
{
    private static readonly TimeSpan VietnamOffset = TimeSpan.FromHours(7);

    /// <summary>The instant in the hall's zone; Vietnam's, which has no summer time, where the catalogue names none that is known here.</summary>
    public static DateTimeOffset In(CatalogDocument? catalog, DateTimeOffset instant) =>
        catalog?.Site.TimeZone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known)
            ? TimeZoneInfo.ConvertTime(instant, known)
            : instant.ToOffset(VietnamOffset);

    /// <summary>The line, such as <c>15:00</c>, where the given time of the hall is at or past it; else null.</summary>
    public static string? Passed(string? line, DateTimeOffset inHall) =>
        TimeOnly.TryParseExact(line, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        && TimeOnly.FromTimeSpan(inHall.TimeOfDay) >= time
            ? line
            : null;
}
