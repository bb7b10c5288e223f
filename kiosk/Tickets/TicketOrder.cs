using System.Text.Json.Serialization;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>How far a citizen's touch has come.</summary>
public enum OrderStage
{
    Asking,
    Answered,
    Refused,
    GaveUp,
}

/// <summary>One touch on a service and lane, from the finger to the paper. Its id is the id of its report.</summary>
public sealed record TicketOrder
{
    public required Guid Id { get; init; }

    public required string Service { get; init; }

    /// <summary>The services that the citizen goes on to, in order; null where there is none.</summary>
    public IReadOnlyList<string>? Further { get; init; }

    /// <summary>All of them, the first one first.</summary>
    [JsonIgnore]
    public IEnumerable<string> Services => [Service, .. Further ?? []];

    public required string Lane { get; init; }

    public required string Language { get; init; }

    /// <summary>The code of a booked time, which knows its service; else null.</summary>
    public string? Appointment { get; init; }

    /// <summary>When the finger came down, by the monotonic clock.</summary>
    public required long TouchedAt { get; init; }

    public OrderStage Stage { get; init; }

    /// <summary>The answer, once there is one.</summary>
    public TicketDocument? Ticket { get; init; }

    /// <summary>When the answer came, by the monotonic clock.</summary>
    public long AnsweredAt { get; init; }

    /// <summary>The code of a refusal.</summary>
    public string? Refusal { get; init; }

    /// <summary>The hub's own words for it, in Vietnamese.</summary>
    public string? Said { get; init; }

    /// <summary>The same in English, where the hub has them.</summary>
    public string? SaidInEnglish { get; init; }

    public PaperStage Paper { get; init; }

    /// <summary>Whether that slip is a copy, which the citizen asked for after the first.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Why the slip did not come out.</summary>
    public PaperTrouble? Trouble { get; init; }

    /// <summary>A picture of the paper that came out, as PNG; it is shown, and not kept on the disk.</summary>
    [JsonIgnore]
    public byte[]? Picture { get; init; }

    /// <summary>Whether the citizen may have a copy printed: the first slip's fate is known, and no copy has come out.</summary>
    public bool MayHaveCopy => Stage == OrderStage.Answered && Paper switch
    {
        PaperStage.Failed => true,
        PaperStage.Printed or PaperStage.Unknown => !IsCopy,
        _ => false,
    };
}
