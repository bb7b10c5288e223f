using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>The hall's rules of one business day: codes and numbers only, names are kept elsewhere.</summary>
public sealed record Setup
{
    public required string Site { get; init; }

    /// <summary>IANA name of the hall's time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>When numbers are given out; null is always.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>Tickets a device may ask for in a minute; 0 sets no limit.</summary>
    public int TicketsPerDeviceAndMinute { get; init; }

    /// <summary>How the lanes take turns; null is the default.</summary>
    public LaneRule? Lanes { get; init; }

    /// <summary>Until when a booked time holds; null is the default.</summary>
    public AppointmentRule? Appointments { get; init; }

    /// <summary>The tag of the catalogue, which has the names: where a name alone changes, the set-up does.</summary>
    public string? Catalog { get; init; }

    public required ImmutableArray<ServiceSetup> Services { get; init; }
    public required ImmutableArray<CounterSetup> Counters { get; init; }

    public LaneRule LaneRule => Lanes ?? LaneRule.Default;

    public AppointmentRule AppointmentRule => Appointments ?? AppointmentRule.Default;

    internal TimeZoneInfo Zone => Zones.Find(TimeZone);

    /// <summary>The day of an instant by the hall's own clock.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The day on which an hour of the hall's own clock came last: the night of an instant, where that hour is one of the night.</summary>
    public DateOnly NightOf(DateTimeOffset instant, int hour) => DayOf(instant - TimeSpan.FromHours(hour));

    /// <summary>The time of day of an instant by the hall's own clock.</summary>
    public TimeOnly TimeOf(DateTimeOffset instant) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>Whether the hall is open at an instant.</summary>
    public Opening OpeningAt(DateTimeOffset instant) => Hours?.At(instant, Zone) ?? Opening.Always;

    /// <summary>
    /// How many who have a number already would be called in another order than by the set-up of their day: by other turns of the lanes, or at a
    /// counter that chooses otherwise. They keep their order unless somebody says that it is for them, too.
    /// </summary>
    public int Reorders(HallState hall)
    {
        var services = LaneRule != hall.Setup.LaneRule
            ? hall.Services.Keys
            : hall.Setup.Counters.Where(before => Counters.Any(after => after.Number == before.Number && after.CallsInAnotherOrder(before)))
                .SelectMany(counter => counter.Services).Distinct();
        return services.Sum(code => hall.Services[code].WaitingCount);
    }

    public bool Equals(Setup? other) =>
        other is not null && Site == other.Site && TimeZone == other.TimeZone && Equals(Hours, other.Hours)
        && TicketsPerDeviceAndMinute == other.TicketsPerDeviceAndMinute && LaneRule == other.LaneRule && AppointmentRule == other.AppointmentRule
        && Catalog == other.Catalog && Services.SequenceEqual(other.Services) && Counters.SequenceEqual(other.Counters);

    public override int GetHashCode() => HashCode.Combine(Site, TimeZone, Services.Length, Counters.Length);
}

/// <summary>A service: one queue, one prefix letter.</summary>
public sealed record ServiceSetup(string Code, string Prefix, int ExpectedServiceSeconds)
{
    /// <summary>How many numbers a half day has; null is any number.</summary>
    public Quota? Quota { get; init; }
}

/// <summary>A counter and the services it serves, in its order of preference.</summary>
public sealed record CounterSetup(int Number, ImmutableArray<string> Services)
{
    /// <summary>How it chooses among its services; null is who has waited longest.</summary>
    public CounterOrder? Order { get; init; }

    internal bool CallsInAnotherOrder(CounterSetup before) =>
        (Order ?? CounterOrder.LongestWait) != (before.Order ?? CounterOrder.LongestWait)
        || (Order == CounterOrder.Preference && before.Services.Where(Services.Contains).ToList() is var kept && !Services.Take(kept.Count).SequenceEqual(kept));

    public bool Equals(CounterSetup? other) =>
        other is not null && Number == other.Number && Services.SequenceEqual(other.Services)
        && (Order ?? CounterOrder.LongestWait) == (other.Order ?? CounterOrder.LongestWait);

    public override int GetHashCode() => HashCode.Combine(Number, Services.Length);
}
