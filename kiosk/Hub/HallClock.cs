using Reception.Device.Paper;

namespace Reception.Kiosk.Hub;

/// <summary>The time as the hall's clock on the wall shows it, and the line of the day after which papers wait.</summary>
internal sealed class HallClock(HubSide hub)
{
    public DateTimeOffset Now => hub.Time;

    /// <summary>The instant in the hall's zone.</summary>
    public DateTimeOffset InHall(DateTimeOffset instant) => HallTime.In(hub.Catalog, instant);

    /// <summary>The catalogue's line, such as <c>15:00</c>, where the given time of the hall is at or past it; else null.</summary>
    public string? ForwardLinePassed(DateTimeOffset inHall) => HallTime.Passed(hub.Catalog?.ForwardNextDayAfter, inHall);
}
