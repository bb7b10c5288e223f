using System.Threading.Channels;

namespace Reception.Broker;

/// <summary>A message as it came from the broker.</summary>
/// <param name="Topic">The full topic.</param>
/// <param name="Payload">The bytes, at most 256 KiB.</param>
/// <param name="Retained">Whether the broker had kept it from before the subscription.</param>
public readonly record struct BrokerMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained);

/// <summary>A message that the broker publishes when the link dies.</summary>
public sealed record BrokerWill(string Topic, byte[] Payload, bool Retained);

/// <summary>Where the broker is and who connects.</summary>
public sealed record BrokerOptions
{
    public required string Host { get; init; }

    /// <summary>TCP port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The device's id, or <c>hub</c>.</summary>
    public required string User { get; init; }

    public required string Secret { get; init; }

    /// <summary>Topics subscribed at every connection, QoS 1.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>Makes the will of the next connection: a device's names a new session each time.</summary>
    public Func<BrokerWill>? NextWill { get; init; }

    /// <summary>At most 15 s, so that the will comes within 22 s.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// The link to the broker: connects, subscribes, and connects again for ever (1 s doubling to 10 s). Nothing is published
/// while it is disconnected: what must not be lost lies in an outbox, not here.
/// </summary>
public interface IBrokerLink : IAsyncDisposable
{
    /// <summary>What has come, in order. One reader.</summary>
    ChannelReader<BrokerMessage> Messages { get; }

    /// <summary>Whether the link is up and subscribed.</summary>
    bool IsConnected { get; }

    /// <summary>Raised with the new state on the link's own thread, after subscribing or after the loss; handlers return at once.</summary>
    event Action<bool>? Changed;

    /// <summary>Starts connecting, and returns at once.</summary>
    void Start();

    /// <summary>Hands a message to the broker with QoS 1; false, and nothing sent or kept, where the link is down.</summary>
    bool TryPublish(string topic, ReadOnlySpan<byte> payload, bool retained = false);
}
