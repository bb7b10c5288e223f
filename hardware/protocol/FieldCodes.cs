using System.ComponentModel.DataAnnotations;

namespace Reception.Protocol;

/// <summary>A lane's code.</summary>
public sealed class LaneCodesAttribute() : AllowedValuesAttribute("normal", "priority");

/// <summary>A ticket's state.</summary>
public sealed class TicketStateCodesAttribute()
    : AllowedValuesAttribute("waiting", "called", "serving", "held", "served", "no-show", "cancelled", "expired");

/// <summary>What became of a slip.</summary>
public sealed class PrintStateCodesAttribute() : AllowedValuesAttribute("none", "pending", "printed", "failed", "unknown");

/// <summary>What came of a visit.</summary>
public sealed class OutcomeCodesAttribute() : AllowedValuesAttribute("received", "supplement", "refused", "returned");

/// <summary>A counter's state.</summary>
public sealed class CounterStateCodesAttribute() : AllowedValuesAttribute("closed", "open", "paused");

/// <summary>Why a service gives out no numbers.</summary>
public sealed class ClosedReasonCodesAttribute() : AllowedValuesAttribute("outside-hours", "day-off", "last-ticket", "quota", "no-counter");

/// <summary>A reason of a rating of level 1 or 2.</summary>
public sealed class ReasonCodesAttribute() : AllowedValuesAttribute("attitude", "wait", "guidance", "visits", "papers", "other");

/// <summary>A device's kind.</summary>
public sealed class DeviceKindCodesAttribute()
    : AllowedValuesAttribute(DeviceKinds.Kiosk, DeviceKinds.CounterAgent, DeviceKinds.Rater, DeviceKinds.Printer, DeviceKinds.Display);

/// <summary>Forms of fields, as regular expressions.</summary>
public static class FieldForms
{
    /// <summary>A ticket number, such as <c>A012</c>.</summary>
    public const string TicketNumber = "^[A-Z][0-9]{3,}$";

    /// <summary>A device id.</summary>
    public const string DeviceId = "^[a-z0-9-]{1,32}$";

    /// <summary>A time of day, such as <c>15:00</c>.</summary>
    public const string TimeOfDay = "^[0-9]{2}:[0-9]{2}$";

    /// <summary>The data type of an address that may be relative.</summary>
    public const string Address = "uri-reference";
}
