using Microsoft.Extensions.Logging;

namespace Reception.Device;

/// <summary>Event ids of a device's log lines.</summary>
internal static class DeviceEvents
{
    public static readonly EventId MessageUnread = new(2101, "MessageUnread");
    public static readonly EventId MessageFailed = new(2102, "MessageFailed");
    public static readonly EventId FactRefused = new(2103, "FactRefused");
    public static readonly EventId OutboxFailed = new(2104, "OutboxFailed");
    public static readonly EventId CatalogFailed = new(2105, "CatalogFailed");
    public static readonly EventId HubSeen = new(2107, "HubSeen");
    public static readonly EventId HubAway = new(2108, "HubAway");
    public static readonly EventId PortOpened = new(2109, "PortOpened");
    public static readonly EventId PortBroken = new(2110, "PortBroken");
    public static readonly EventId PrinterChanged = new(2111, "PrinterChanged");
    public static readonly EventId PrinterNotTold = new(2112, "PrinterNotTold");
    public static readonly EventId NotPrinted = new(2113, "NotPrinted");
    public static readonly EventId LayoutFailed = new(2114, "LayoutFailed");
    public static readonly EventId CommandNotKept = new(2115, "CommandNotKept");
    public static readonly EventId TouchStuck = new(2116, "TouchStuck");
    public static readonly EventId TouchNotTold = new(2117, "TouchNotTold");
    public static readonly EventId NamesMissing = new(2118, "NamesMissing");
    public static readonly EventId FontMissing = new(2119, "FontMissing");
    public static readonly EventId DatabaseDamaged = new(2120, "DatabaseDamaged");
    public static readonly EventId FactNotKept = new(2122, "FactNotKept");
    public static readonly EventId PrintNotKept = new(2123, "PrintNotKept");
    public static readonly EventId CommandUnread = new(2124, "CommandUnread");
    public static readonly EventId PrintFailed = new(2125, "PrintFailed");
    public static readonly EventId NotErased = new(2126, "NotErased");
    public static readonly EventId DamageNotTold = new(2121, "DamageNotTold");
}
