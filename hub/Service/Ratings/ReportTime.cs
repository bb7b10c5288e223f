namespace Reception.Hub.Ratings;

/// <summary>When a reported event happened, by the hub's own time.</summary>
/// <param name="At">The corrected instant, in whole milliseconds; the arrival where it is not known.</param>
/// <param name="Arrival">When the report came.</param>
/// <param name="IsKnown">Whether the instant could be corrected.</param>
/// <param name="MayBeLate">Whether the hub knows a reason why the report came no sooner: it could not be reached at the instant, or after it.</param>
internal sealed record ReportTime(DateTimeOffset At, DateTimeOffset Arrival, bool IsKnown, bool MayBeLate)
{
    /// <summary>A report that comes later than this after its instant needs a reason.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(30);

    /// <summary>A device's clock may be off by so much without a fault.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    // A device keeps its facts over 31 days of the hub's silence; one day more for what delays their delivery.
    public static readonly TimeSpan Longest = TimeSpan.FromDays(32);

    /// <summary>The same report, whose device does not know when it happened.</summary>
    public ReportTime Unknown => this with { At = Arrival, IsKnown = false, MayBeLate = false };

    /// <summary>Whether the report came too long after its instant, and nothing explains it.</summary>
    public bool IsLate => IsKnown && !MayBeLate && Arrival - At > Prompt;

    /// <summary>
    /// The instant of an event: the arrival less the age that the device measured; else the device's time plus its clock's error; else unknown.
    /// </summary>
    /// <param name="at">The device's own clock at the event.</param>
    /// <param name="age">How long ago it was by the device's monotonic clock, or null.</param>
    /// <param name="arrival">When the report came.</param>
    /// <param name="clock">What the hub knows of the device's clock and connection.</param>
    public static ReportTime Of(DateTimeOffset at, TimeSpan? age, DateTimeOffset arrival, DeviceClock clock)
    {
        arrival = Whole(arrival);
        if (Corrected(at, age, arrival, clock) is not { } instant || arrival - instant > Longest)
        {
            return new ReportTime(arrival, arrival, IsKnown: false, MayBeLate: false);
        }

        var whole = Whole(instant < arrival ? instant : arrival);
        return new ReportTime(whole, arrival, IsKnown: true, clock.ReachableSince > whole);
    }

    private static DateTimeOffset? Corrected(DateTimeOffset at, TimeSpan? age, DateTimeOffset arrival, DeviceClock clock)
    {
        if (age is { } measured)
        {
            return measured <= Longest ? arrival - measured : null;
        }

        // A clock may say the year 1 or 9999. One that no presence has shown is taken as right.
        var ticks = at.UtcTicks + (clock.Error ?? TimeSpan.Zero).Ticks;
        return ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks || clock.StartedAt?.UtcTicks > ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <summary>The hall's time is in whole milliseconds.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}

/// <summary>What the hub knows of a device's clock and connection when a report comes.</summary>
/// <param name="Error">How much the device's clock is behind the hub's, by the presence of this connection; negative where it is ahead; null without one.</param>
/// <param name="StartedAt">When the device was first heard after a start that followed an earlier one, or null: before it its clock may have had another error.</param>
/// <param name="ReachableSince">Since when the device could have reported: its connection's start, or the end of the hub's last failure to commit.</param>
internal sealed record DeviceClock(TimeSpan? Error, DateTimeOffset? StartedAt, DateTimeOffset ReachableSince);
