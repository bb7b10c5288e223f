using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>When numbers are given out, by the hall's own clock.</summary>
public sealed record OpeningHours(ImmutableArray<DayOfWeek> Days, ImmutableArray<Period> Periods)
{
    // Longer than any row of days off.
    private const int DaysAhead = 366;

    /// <summary>Days off among those days; null is none.</summary>
    public ImmutableArray<DateOnly>? Holidays { get; init; }

    /// <summary>Days that are worked though they are no such day, in a day off's stead; null is none.</summary>
    public ImmutableArray<DateOnly>? WorkedDays { get; init; }

    /// <summary>Whether the last number is also given out when the work left would fill the time to the end of the period; null is no.</summary>
    public bool? LastTicketByWork { get; init; }

    /// <summary>Whether the hall is open at an instant, until when, or else why not and when it opens next; null where it never does.</summary>
    public Opening At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (!IsWorkingDay(day))
        {
            return new Opening(ClosedReason.DayOff, From(local, zone));
        }

        if (Periods.FirstOrDefault(period => period.From <= time && time < period.To) is not { } now)
        {
            return new Opening(ClosedReason.OutsideHours, From(local, zone));
        }

        return time < now.LastNumber
            ? Opening.Until(local.Date + now.To.ToTimeSpan(), zone)
            : new Opening(ClosedReason.LastTicket, From(local.Date + now.To.ToTimeSpan(), zone));
    }

    /// <summary>The first instant from a local time on at which numbers are given out.</summary>
    internal DateTimeOffset? From(DateTime local, TimeZoneInfo zone)
    {
        var first = DateOnly.FromDateTime(local);
        for (var ahead = 0; ahead <= DaysAhead; ahead++)
        {
            var (day, time) = (first.AddDays(ahead), ahead == 0 ? TimeOnly.FromDateTime(local) : TimeOnly.MinValue);
            var opens = IsWorkingDay(day)
                ? Periods.Where(period => time < period.LastNumber).Min(period => (TimeOnly?)(period.From > time ? period.From : time))
                : null;
            if (opens is { } at)
            {
                return LocalTime.Instant(day.ToDateTime(at), zone);
            }
        }

        return null;
    }

    public bool Equals(OpeningHours? other) =>
        other is not null && Days.SequenceEqual(other.Days) && Periods.SequenceEqual(other.Periods)
        && (Holidays ?? []).SequenceEqual(other.Holidays ?? []) && (WorkedDays ?? []).SequenceEqual(other.WorkedDays ?? []) && (LastTicketByWork ?? false) == (other.LastTicketByWork ?? false);

    public override int GetHashCode() => HashCode.Combine(Days.Length, Periods.Length);

    private bool IsWorkingDay(DateOnly day) =>
        WorkedDays?.Contains(day) == true || (Days.Contains(day.DayOfWeek) && Holidays?.Contains(day) != true);
}

/// <summary>A part of the day, up to but without its end.</summary>
public sealed record Period(TimeOnly From, TimeOnly To)
{
    /// <summary>From this time on no more numbers are given out, though the counters still serve; null is the end.</summary>
    public TimeOnly? LastTicket { get; init; }

    internal TimeOnly LastNumber => LastTicket is { } last && last < To ? last : To;

    public override string ToString() => $"{From:HH\\:mm}–{To:HH\\:mm}";
}
