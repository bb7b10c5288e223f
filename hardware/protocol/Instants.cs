using System.Globalization;
using System.Text.RegularExpressions;

namespace Reception.Protocol;

/// <summary>Instants in any form of RFC 3339: <c>T</c>, <c>t</c> or a space, any fraction of a second, <c>Z</c> or an offset.</summary>
public static partial class Instants
{
    // .NET has no year 0. It has the same days as the year 4, and is so long before it.
    private const long FourYears = 1461 * TimeSpan.TicksPerDay;

    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(14);

    /// <summary>Reads an RFC 3339 date-time. An offset is required; a leap second is read as the second after it.</summary>
    public static bool TryRead(string? text, out DateTimeOffset instant) => TryRead(text, out instant, out var isNearest) && !isNearest;

    /// <summary>The same by a clock that may say any year: an instant outside the years 1 to 9999 is read as the nearest in them.</summary>
    public static bool TryReadNearest(string? text, out DateTimeOffset instant) => TryRead(text, out instant, out _);

    private static bool TryRead(string? text, out DateTimeOffset instant, out bool isNearest)
    {
        (instant, isNearest) = (default, false);
        if (text is null || Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var isLeap = match.Groups["second"].Value == "60";
        var isYearZero = match.Groups["year"].Value == "0000";
        var fraction = (match.Groups["fraction"].Value + "0000000")[..7];
        var plain = $"{(isYearZero ? "0004" : match.Groups["year"].Value)}-{match.Groups["day"].Value}T{match.Groups["minute"].Value}"
            + $":{(isLeap ? "59" : match.Groups["second"].Value)}.{fraction}";
        const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff";
        if (!DateTime.TryParseExact(plain, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || ReadOffset(match.Groups["offset"].Value) is not { } offset)
        {
            return false;
        }

        var ticks = local.Ticks + (isLeap ? TimeSpan.TicksPerSecond : 0) - (isYearZero ? FourYears : 0);
        var utc = Math.Clamp(ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        isNearest = utc != ticks - offset.Ticks;
        // An offset that .NET can't hold is left out: the instant is the same.
        var isKept = !isNearest && offset.Duration() <= LargestOffset && ticks == Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks);
        instant = isKept ? new DateTimeOffset(ticks, offset) : new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>The offset from UTC, up to 23:59, or null.</summary>
    private static TimeSpan? ReadOffset(string text)
    {
        if (text is "Z" or "z")
        {
            return TimeSpan.Zero;
        }

        return !TimeSpan.TryParseExact(text[1..], "hh':'mm", CultureInfo.InvariantCulture, out var offset) ? null
            : text[0] == '-' ? -offset
            : offset;
    }

    [GeneratedRegex(
        @"\A(?<year>\d{4})-(?<day>\d\d-\d\d)[Tt ](?<minute>\d\d:\d\d):(?<second>\d\d)(\.(?<fraction>\d+))?"
        + @"(?<offset>[Zz]|[+-]\d\d:\d\d)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
