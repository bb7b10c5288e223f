namespace Reception.Hall;

/// <summary>Why no numbers are given out.</summary>
public enum ClosedReason
{
    OutsideHours,
    DayOff,
    LastTicket,
    Quota,
    NoCounter,
}

/// <summary>Whether numbers are given out, and if not, why, and when they are again; null where that is not known.</summary>
public sealed record Opening(ClosedReason? Closed, DateTimeOffset? OpensAt)
{
    /// <summary>Open, without an end.</summary>
    public static Opening Always { get; } = new(null, null);

    public bool IsOpen => Closed is null;

    /// <summary>When the counters close, while it is open.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>Whether a service gives out numbers now: the hall is open, a counter serves it, the half day's numbers are not used up, and one more can still be served.</summary>
    public static Opening Of(HallState hall, string code, DateTimeOffset now)
    {
        var opening = hall.Setup.OpeningAt(now);
        if (opening.Closed is ClosedReason.DayOff or ClosedReason.OutsideHours)
        {
            return opening;
        }

        // Before the last ticket and the quota, which do not hold for a booked time.
        var service = hall.Services[code];
        if (service.Counters.IsEmpty)
        {
            return new Opening(ClosedReason.NoCounter, null);
        }

        if (!opening.IsOpen)
        {
            return opening;
        }

        if (service.Setup.Quota is { } quota && TimeZoneInfo.ConvertTime(now, hall.Setup.Zone).DateTime is var local
            && service.IsUsedUp(quota, HalfDay.IsMorning(local)))
        {
            return new Opening(ClosedReason.Quota, From(hall.Setup, HalfDay.After(local)));
        }

        return opening.ClosesAt is { } closes && hall.Setup.Hours is { LastTicketByWork: true } && WouldEnd(hall, service, now) > closes
            ? new Opening(ClosedReason.LastTicket, From(hall.Setup, TimeZoneInfo.ConvertTime(closes, hall.Setup.Zone).DateTime))
            : opening;
    }

    private static DateTimeOffset? From(Setup setup, DateTime local) =>
        setup.Hours is { } hours ? hours.From(local, setup.Zone) : LocalTime.Instant(local, setup.Zone);

    internal static Opening Until(DateTime local, TimeZoneInfo zone) => Always with { ClosesAt = LocalTime.Instant(local, zone) };

    /// <summary>When one who took a normal number now would leave the desk: a service is open or closed to both lanes alike.</summary>
    private static DateTimeOffset WouldEnd(HallState hall, ServiceQueue service, DateTimeOffset now) =>
        now.AddSeconds(Estimate.OnceOpen(hall, service.Setup.Code, Lane.Normal, now).Seconds + service.Pace.Seconds);
}
