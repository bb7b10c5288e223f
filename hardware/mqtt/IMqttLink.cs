using System.Threading.Channels;

namespace Reception.Mqtt;

/// <summary>
/// A device's link to the broker: connects, subscribes, and connects again for ever (1 s doubling to 10 s, ±20 %). Nothing is
/// published while it is disconnected: what must not be lost is in an outbox.
/// </summary>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>Received messages, in order. One reader.</summary>
    ChannelReader<MqttMessage> Messages { get; }

    /// <summary>Whether the link is connected and subscribed.</summary>
    bool IsConnected { get; }

    /// <summary>Raised with the new state, after subscribing or after the loss; handlers return at once.</summary>
    event Action<bool>? Changed;

    /// <summary>Starts connecting, and returns at once.</summary>
    void Start();

    /// <summary>Hands a message over to be sent with QoS 1; false, and nothing sent or kept, while the link is disconnected.</summary>
    bool TryPublish(string topic, ReadOnlySpan<byte> payload, bool retained = false);
}
