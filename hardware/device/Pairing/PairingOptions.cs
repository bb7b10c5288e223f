using Reception.Hosting.Settings;

namespace Reception.Device.Pairing;

/// <summary>The settings that a device needs before it is paired; the others are checked once it is.</summary>
public sealed record PairingOptions
{
    /// <summary>The folder of the device's database; what the hub gives it is kept there, too.</summary>
    [WritableFolder]
    public required string Data { get; init; }

    /// <summary>Where the screen is served; null for a device without one.</summary>
    [LoopbackAddress]
    public Uri? Http { get; init; }

    /// <summary>The hub; null where it is asked for on the screen.</summary>
    [SecretAddress]
    public Uri? Hub { get; init; }
}
