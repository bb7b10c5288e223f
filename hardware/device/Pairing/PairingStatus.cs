namespace Reception.Device.Pairing;

/// <summary>How far the pairing of this device is.</summary>
public enum PairingPhase
{
    /// <summary>The hub's address is not known.</summary>
    NoAddress,

    /// <summary>The hub is looked for; <see cref="PairingStatus.Reason"/> says why it was not found.</summary>
    Searching,

    /// <summary>The code is shown, and an administrator has not decided.</summary>
    Waiting,

    /// <summary>An administrator has rejected this device; it asks again only when somebody wants it to.</summary>
    Rejected,

    /// <summary>The device belongs to the hall.</summary>
    Accepted,
}

/// <summary>What a screen or a terminal shows of a pairing.</summary>
/// <param name="Phase">How far it is.</param>
public sealed record PairingStatus(PairingPhase Phase)
{
    /// <summary>Where the hub is looked for, or null.</summary>
    public Uri? Hub { get; init; }

    /// <summary>The hall's name, once the hub has said it.</summary>
    public string? HallName { get; init; }

    /// <summary>The code, six digits, while it holds.</summary>
    public string? Code { get; init; }

    /// <summary>When the code ends, by the monotonic clock; and how long it holds in all.</summary>
    public (long EndsAt, TimeSpan Lifetime) Holds { get; init; }

    /// <summary>Why the hub can't be asked now.</summary>
    public PairingReason Reason { get; init; }

    /// <summary>The same in one line for the technician.</summary>
    public string? Line { get; init; }

    /// <summary>The device's id and counter once it is accepted.</summary>
    public (string Id, int? Counter)? Paired { get; init; }
}
