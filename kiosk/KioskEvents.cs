namespace Reception.Kiosk;

/// <summary>Ids of what the kiosk logs.</summary>
internal static class KioskEvents
{
    public static readonly EventId Stopped = new(301, nameof(Stopped));
    public static readonly EventId ErrandFailed = new(302, nameof(ErrandFailed));
    public static readonly EventId GaveUp = new(303, nameof(GaveUp));
    public static readonly EventId LeftErrand = new(304, nameof(LeftErrand));
    public static readonly EventId BadCommand = new(305, nameof(BadCommand));
    public static readonly EventId BadAnswer = new(309, nameof(BadAnswer));
    public static readonly EventId CommandFailed = new(310, nameof(CommandFailed));
    public static readonly EventId NoInvitation = new(313, nameof(NoInvitation));
    public static readonly EventId FactNotKept = new(312, nameof(FactNotKept));
    public static readonly EventId CopyNotKept = new(314, nameof(CopyNotKept));
}
