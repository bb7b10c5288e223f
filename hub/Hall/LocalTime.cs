namespace Reception.Hall;

/// <summary>Times of the hall's own clock as instants.</summary>
internal static class LocalTime
{
    /// <summary>The instant of a local time; one that a change of the clocks leaves out is when the clocks have changed.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
