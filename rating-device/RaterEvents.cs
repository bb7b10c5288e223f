namespace Reception.Rater;

/// <summary>Event ids of the rater's log lines.</summary>
internal static class RaterEvents
{
    public static readonly EventId PressNotKept = new(2201, "PressNotKept");
    public static readonly EventId CommandUnread = new(2202, "CommandUnread");
}
