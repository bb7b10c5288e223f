using System.Diagnostics.CodeAnalysis;

namespace Reception.Hall;

/// <summary>Time zones by their IANA names.</summary>
public static class Zones
{
    // Without summer time since 1975. Not every system knows the names: a small Debian lacks its table, an older Windows has names of its own.
    private static readonly TimeZoneInfo Vietnam = TimeZoneInfo.CreateCustomTimeZone("Asia/Ho_Chi_Minh", TimeSpan.FromHours(7), null, null);

    /// <summary>The zone of that name. Vietnam's is known on every machine, others where the system knows them.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        if (name == Vietnam.Id)
        {
            zone = Vietnam;
            return true;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    /// <summary>The zone of that name.</summary>
    /// <exception cref="TimeZoneNotFoundException">It is not known here.</exception>
    public static TimeZoneInfo Find(string name) => TryFind(name, out var zone) ? zone : throw new TimeZoneNotFoundException($"The time zone '{name}' is not known here.");
}
