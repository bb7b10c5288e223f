using System.Globalization;
using System.Text.RegularExpressions;

namespace Reception.Protocol;

/// <summary>Instants in any form of RFC 3339: <c>T</c>, <c>t</c> or a space, any fraction of a second, <c>Z</c> or an offset.</summary>
public static partial class Instants
{
    /// <summary>Reads an RFC 3339 date-time. An offset is required; a leap second is read as the second after it.</summary>
    public static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || Form().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var leap = match.Groups["second"].Value == "60";
        var offset = match.Groups["offset"].Value;
        var fraction = (match.Groups["fraction"].Value + "0000000")[..7];
        var plain = $"{match.Groups["date"].Value}T{match.Groups["minute"].Value}:{(leap ? "59" : match.Groups["second"].Value)}.{fraction}"
            + (offset is "Z" or "z" ? "+00:00" : offset);
        if (!DateTimeOffset.TryParseExact(plain, "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out instant))
        {
            return false;
        }

        if (!leap)
        {
            return true;
        }

        // The last second of the year 9999 has none after it.
        var has = instant.UtcDateTime <= DateTime.MaxValue.AddSeconds(-1) && instant.DateTime <= DateTime.MaxValue.AddSeconds(-1);
        instant = has ? instant.AddSeconds(1) : default;
        return has;
    }

    [GeneratedRegex(@"\A(?<date>\d{4}-\d\d-\d\d)[Tt ](?<minute>\d\d:\d\d):(?<second>\d\d)(\.(?<fraction>\d+))?(?<offset>[Zz]|[+-]\d\d:\d\d)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
