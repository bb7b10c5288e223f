using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>When numbers are given out, by the hall's own clock.</summary>
public sealed record OpeningHours(ImmutableArray<DayOfWeek> Days, ImmutableArray<Period> Periods)
{
    private const int DaysOfWeek = 7;

    /// <summary>Whether the hall is open at an instant, and if not, when it opens next; null where it never does.</summary>
    public Opening At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (Days.Contains(local.DayOfWeek) && Periods.Any(period => period.From <= time && time < period.To))
        {
            return new Opening(true, null);
        }

        for (var ahead = 0; ahead <= DaysOfWeek; ahead++)
        {
            var day = DateOnly.FromDateTime(local).AddDays(ahead);
            var later = Periods.Select(period => period.From).Where(from => ahead > 0 || from > time).Order().ToList();
            if (Days.Contains(day.DayOfWeek) && later.Count > 0)
            {
                return new Opening(false, Instant(day.ToDateTime(later[0]), zone));
            }
        }

        return new Opening(false, null);
    }

    public bool Equals(OpeningHours? other) => other is not null && Days.SequenceEqual(other.Days) && Periods.SequenceEqual(other.Periods);

    public override int GetHashCode() => HashCode.Combine(Days.Length, Periods.Length);

    // An hour that a change of the clocks leaves out begins when the clocks have changed.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}

/// <summary>A part of the day, up to but without its end.</summary>
public sealed record Period(TimeOnly From, TimeOnly To)
{
    public override string ToString() => $"{From:HH\\:mm}–{To:HH\\:mm}";
}

/// <summary>Whether it is open, and if not, when it opens.</summary>
public sealed record Opening(bool IsOpen, DateTimeOffset? OpensAt);
