using Reception.Protocol;

namespace Reception.Slips;

/// <summary>What a slip says. No name, no address, no number of a person is on it.</summary>
public sealed record Slip
{
    /// <summary>The hall's full name.</summary>
    public required string Hall { get; init; }

    /// <summary>The ticket's number, such as <c>A012</c> or <c>A1000</c>.</summary>
    public required string Number { get; init; }

    /// <summary>The service's Vietnamese name.</summary>
    public required string Service { get; init; }

    /// <summary>The service's English name, or null where the catalogue has none.</summary>
    public string? ServiceEnglish { get; init; }

    /// <summary>The names of the further errands in the language of the labels, in order and in one line; null for none.</summary>
    public string? Then { get; init; }

    /// <summary>Whether the ticket is of the priority lane: marked by a word, never by a reason.</summary>
    public bool Priority { get; init; }

    /// <summary>The booked time that the ticket holds, in the hall's own zone, or null.</summary>
    public DateTimeOffset? BookedAt { get; init; }

    /// <summary>How many are called before this one.</summary>
    public required int Ahead { get; init; }

    /// <summary>What is told of the wait; nothing where it is unknown.</summary>
    public Wait Wait { get; init; }

    /// <summary>When the ticket was issued, in the hall's own zone.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The address of the citizen's page, drawn as a QR code where it is a whole one.</summary>
    public string? Link { get; init; }

    /// <summary>The line after which papers wait for the next working day, such as <c>15:00</c>, where it has passed; else null.</summary>
    public string? ForwardNextDayAfter { get; init; }

    /// <summary>Whether this is a second paper of one number: marked as such.</summary>
    public bool Copy { get; init; }

    /// <summary><c>vi</c> or <c>en</c>: the language of the labels. The service is named in both.</summary>
    public string Language { get; init; } = "vi";
}
