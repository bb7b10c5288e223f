namespace Reception.Kiosk;

/// <summary>Ids of what the kiosk logs.</summary>
internal static class KioskEvents
{
    public static readonly EventId Stopped = new(301, nameof(Stopped));
    public static readonly EventId OrderFailed = new(302, nameof(OrderFailed));
    public static readonly EventId GaveUp = new(303, nameof(GaveUp));
    public static readonly EventId OrderLeft = new(304, nameof(OrderLeft));
    public static readonly EventId BadCommand = new(305, nameof(BadCommand));
    public static readonly EventId BadAnswer = new(309, nameof(BadAnswer));
    public static readonly EventId NoInvitation = new(313, nameof(NoInvitation));
}
