using System.Security.Cryptography.X509Certificates;

namespace Reception.Mqtt;

/// <summary>The versions of MQTT that a link speaks.</summary>
public enum MqttVersion
{
    /// <summary>MQTT 5.0.</summary>
    V5,

    /// <summary>MQTT 3.1.1.</summary>
    V311,
}

/// <summary>Where the broker is and which device connects.</summary>
public sealed record MqttLinkOptions
{
    /// <summary>A name or an address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The device's id.</summary>
    public required string User { get; init; }

    /// <summary>The device's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>Topics subscribed at every connection, QoS 1.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>MQTT 5 by default.</summary>
    public MqttVersion Version { get; init; }

    /// <summary>The authority whose certificate the broker must have; with it the link uses TLS, without it plain TCP.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>Makes the will of the next connection: a device names a new session each time.</summary>
    public Func<MqttWill>? NextWill { get; init; }

    /// <summary>Called whenever the broker does not know this device or its secret; returns at once.</summary>
    public Action? Rejected { get; init; }

    /// <summary>How long the link waits after the first loss or failure, ±20 %; doubled after each further one, up to ten times this.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>1 to 15 s, so that the will is published at most 23 s after the link is cut.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}
