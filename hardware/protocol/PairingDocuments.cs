using System.Text.Json.Serialization;

namespace Reception.Protocol;

/// <summary>The hub has taken a device's request to be paired.</summary>
/// <param name="Pairing">The pairing's id.</param>
/// <param name="ExpiresAt">Until when an administrator can accept it.</param>
public sealed record OpenedPairing(Guid Pairing, DateTimeOffset ExpiresAt);

/// <summary>What a device gets once an administrator has accepted it.</summary>
/// <param name="Device">Its id from now on.</param>
/// <param name="Secret">Its secret; nobody can ask for it a second time.</param>
/// <param name="Counter">The counter it belongs to, or null.</param>
/// <param name="Authority">The certificate of the hub's authority, as PEM.</param>
/// <param name="Mqtt">Where the broker is.</param>
public sealed record PairedDevice(string Device, string Secret, int? Counter, string Authority, PairedBroker Mqtt);

/// <summary>Where a paired device finds the broker.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">TCP port.</param>
public sealed record PairedBroker(string Host, int Port)
{
    /// <summary>False where the port has no TLS, which is so on the hub's own machine alone; else left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Tls { get; init; }
}
