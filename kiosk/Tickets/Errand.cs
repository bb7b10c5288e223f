using Reception.Kiosk.Screens;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>How far a citizen's touch has come.</summary>
public enum ErrandStage
{
    Asking,
    Answered,
    Refused,
    GaveUp,
}

/// <summary>How far the slip of an answered errand has come.</summary>
public enum PaperStage
{
    Printing,
    Printed,
    Failed,
    Unknown,
}

/// <summary>One touch on a service and lane, from the finger to the paper. Its id is the id of its report.</summary>
public sealed record Errand
{
    public required Guid Id { get; init; }

    public required string Service { get; init; }

    public required string Lane { get; init; }

    public required string Language { get; init; }

    /// <summary>When the finger came down, by the monotonic clock.</summary>
    public required long TouchedAt { get; init; }

    public ErrandStage Stage { get; init; }

    /// <summary>The answer, once there is one.</summary>
    public TicketDocument? Ticket { get; init; }

    /// <summary>The code of a refusal.</summary>
    public string? Refusal { get; init; }

    public PaperStage Paper { get; init; }

    /// <summary>Why the slip did not come out.</summary>
    public PaperTrouble? Trouble { get; init; }

    /// <summary>A picture of the paper that came out, as PNG.</summary>
    public byte[]? Picture { get; init; }
}
