namespace Reception.Device.Pairing;

/// <summary>Why a device and a hub can't be paired now.</summary>
/// <param name="reason">A word for screens.</param>
/// <param name="line">The same in one line for the technician.</param>
/// <param name="retryAfter">When to try again.</param>
internal sealed class PairingFault(PairingReason reason, string line, TimeSpan retryAfter) : Exception(line)
{
    public PairingReason Reason => reason;

    public TimeSpan RetryAfter => retryAfter;
}

/// <summary>Why a device and a hub can't be paired now.</summary>
public enum PairingReason
{
    /// <summary>There is no such reason.</summary>
    None,

    /// <summary>Nothing answers at the hub's address.</summary>
    NotFound,

    /// <summary>Something answers there that is not a hub, or not with the certificate of its authority.</summary>
    NotTheHub,

    /// <summary>Too many devices wait to be paired.</summary>
    TooMany,
}
