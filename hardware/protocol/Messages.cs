using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>The largest message a device may send, in bytes.</summary>
public static class MessageLimits
{
    /// <summary>16 KiB: what is larger is refused with <c>too-large</c>.</summary>
    public const int MaximumBytes = 16 * 1024;
}

/// <summary>A device's presence, retained; the same with <c>online: false</c> is its will.</summary>
public sealed record Presence
{
    public required bool Online { get; init; }
    public required string Kind { get; init; }

    /// <summary>New at every MQTT connection; the hub ignores the death of an older session.</summary>
    public required Guid Session { get; init; }

    /// <summary>New at every start of the device's program; the error of its clock may be another one from then on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Boot { get; init; }

    public string? Software { get; init; }
    public int? Counter { get; init; }

    /// <summary>By the device's clock.</summary>
    [JsonConverter(typeof(DeviceInstantConverter))]
    public DateTimeOffset? At { get; init; }

    /// <summary>The serial ports of a counter agent and their devices; null from other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SerialHealth>? SerialPorts { get; init; }
}

/// <summary>How one of a counter agent's serial ports and the device on it are.</summary>
public sealed record SerialHealth
{
    /// <summary><c>rater</c>, <c>keypad</c> or <c>sign</c>.</summary>
    [AllowedValues("rater", "keypad", "sign")]
    public required string Role { get; init; }

    /// <summary>The path by which the port is opened.</summary>
    public required string Path { get; init; }

    /// <summary>The adapter's USB identity, such as <c>FTDI FT232R USB UART (USB 0403:6001, serial A50285BI)</c>, once it was opened; or null.</summary>
    public string? Device { get; init; }

    /// <summary><c>open</c>, <c>absent</c>, <c>denied</c>, <c>busy</c>, <c>unusable</c> or <c>silent</c>.</summary>
    [AllowedValues("open", "absent", "denied", "busy", "unusable", "silent")]
    public required string State { get; init; }

    /// <summary>What to do where it is not open, in English, for the technician.</summary>
    public string? Message { get; init; }

    /// <summary>The box's serial number, once it has said it; or null.</summary>
    public string? Serial { get; init; }

    /// <summary>The box's firmware, once it has said it; or null.</summary>
    public string? Firmware { get; init; }

    /// <summary>Frames that reached the agent damaged, since its start.</summary>
    public long BadFrames { get; init; }

    /// <summary>Frames that reached the box damaged, since its start; null where it has not said.</summary>
    public long? BadFramesAtBox { get; init; }

    /// <summary>Presses that the box holds and the agent has not acknowledged; null where it has not said.</summary>
    public long? Unacknowledged { get; init; }

    /// <summary>Levels whose buttons are stuck.</summary>
    public IReadOnlyList<int> Stuck { get; init; } = [];
}

/// <summary>A device's report: a fact or a request, known by (device, id).</summary>
public sealed record Report
{
    public required Guid Id { get; init; }
    public required long Sequence { get; init; }

    /// <summary>By the device's clock.</summary>
    [JsonConverter(typeof(DeviceInstantConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>How long ago it happened when this message was sent, in milliseconds by the device's monotonic clock; null where that is unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AgeMs { get; init; }

    public required string Type { get; init; }
    public required JsonElement Data { get; init; }
}

/// <summary>The hub's answer to one report, sent after the commit of what the report caused.</summary>
public sealed record Answer
{
    public required Guid Report { get; init; }
    public required bool Stored { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Data { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AnswerError? Error { get; init; }
}

/// <summary>Why a report was refused: a code of section 3 and words for a person.</summary>
public sealed record AnswerError(string Code, string Message)
{
    /// <summary>The same words in English, where the hub has them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? English { get; init; }
}

/// <summary>The hub's command to a device: never retained, carried out once per id.</summary>
public sealed record Command
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Type { get; init; }
    public required JsonElement Data { get; init; }
}

/// <summary>Names of report types.</summary>
public static class ReportTypes
{
    public const string TicketRequest = "ticket.request";
    public const string TicketWithdraw = "ticket.withdraw";
    public const string TicketPrinted = "ticket.printed";
    public const string RatingPressed = "rating.pressed";
    public const string RatingReasoned = "rating.reasoned";
    public const string KeypadPressed = "keypad.pressed";
    public const string PrinterStatus = "printer.status";
    public const string DeviceFault = "device.fault";
}

/// <summary>Names of command types.</summary>
public static class CommandTypes
{
    public const string RatingOpen = "rating.open";
    public const string RatingClose = "rating.close";
    public const string CounterShow = "counter.show";
    public const string TicketPrint = "ticket.print";
    public const string Identify = "identify";
    public const string DeviceAssign = "device.assign";
}

/// <summary>Reasons that may follow a rating of level 1 or 2.</summary>
public static class Reasons
{
    /// <summary>All reasons, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["attitude", "wait", "guidance", "visits", "papers", "other"];
}

/// <summary>Data of <c>ticket.printed</c>.</summary>
/// <param name="Outcome"><c>printed</c>, <c>failed</c> or <c>unknown</c>.</param>
public sealed record TicketPrinted(Guid Ticket, string Outcome)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Copy { get; init; }
}

/// <summary>Data of <c>ticket.print</c>: the ticket's own fields with <c>copy</c> beside them, or a <c>ticket</c> and a <c>copy</c>.</summary>
public sealed record TicketPrint(TicketDocument Ticket, bool Copy)
{
    /// <summary>Reads the data of a command; null where it holds no ticket.</summary>
    public static TicketPrint? Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var copy = data.TryGetProperty("copy", out var marked) && marked.ValueKind == JsonValueKind.True;
        var inner = data.TryGetProperty("ticket", out var named) && named.ValueKind == JsonValueKind.Object ? named : data;
        return ProtocolJson.Read<TicketDocument>(JsonSerializer.SerializeToUtf8Bytes(inner)) is { } ticket ? new TicketPrint(ticket, copy) : null;
    }
}

/// <summary>Data of <c>rating.pressed</c>.</summary>
/// <param name="Level">1 to 5.</param>
/// <param name="Ticket">The ticket that is rated, where the device knows it.</param>
/// <param name="TimeKnown">False where the device lost the instant of the press; else left out.</param>
public sealed record RatingPressed(
    int Level,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ticket = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? TimeKnown = null);

/// <summary>Data of <c>rating.reasoned</c>.</summary>
public sealed record RatingReasoned(Guid Rating, string Reason);

/// <summary>Data of <c>keypad.pressed</c>.</summary>
/// <param name="Key"><c>next</c>, <c>recall</c>, <c>finish</c> or <c>no-show</c>.</param>
public sealed record KeypadPressed(string Key);

/// <summary>Data of <c>device.fault</c>.</summary>
public sealed record DeviceFault(string Code, string Message);

/// <summary>Data of <c>rating.open</c>.</summary>
public sealed record RatingOpen(Guid Ticket, string Number, int Seconds);

/// <summary>Data of <c>rating.close</c>.</summary>
public sealed record RatingClose(Guid Ticket);

/// <summary>Data of <c>counter.show</c>.</summary>
public sealed record CounterShow(string? Number);

/// <summary>Data of <c>identify</c>.</summary>
public sealed record Identify(int Seconds);

/// <summary>Data of <c>device.assign</c>: an administrator has moved the device.</summary>
/// <param name="Counter">The counter it belongs to from now on, or null.</param>
public sealed record DeviceAssign(int? Counter);

/// <summary>Data of <c>printer.status</c>.</summary>
public sealed record PrinterStatus
{
    /// <summary><c>ok</c>, <c>low</c> or <c>out</c>.</summary>
    [AllowedValues("ok", "low", "out")]
    public required string Paper { get; init; }

    /// <summary><c>closed</c> or <c>open</c>.</summary>
    [AllowedValues("closed", "open")]
    public required string Cover { get; init; }

    /// <summary>Whether the printer answers.</summary>
    public required bool Online { get; init; }

    /// <summary><c>cutter</c>, <c>temperature</c>, <c>other</c>, or null.</summary>
    [AllowedValues("cutter", "temperature", "other")]
    public string? Fault { get; init; }
}
