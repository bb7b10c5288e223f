using System.Threading.Channels;

namespace Reception.Hub.Broker;

/// <summary>A message that a registered device published on a topic of its own.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="IsPresence">Whether it is the device's presence; else it is a report.</param>
/// <param name="Payload">The bytes, at most 256 KiB.</param>
/// <param name="ConnectedAt">When the connection that it came by was made, by the monotonic clock.</param>
/// <param name="ReceivedAt">When it came, by the monotonic clock: it may wait in the hub before it is read.</param>
internal readonly record struct DeviceMessage(string Device, bool IsPresence, ReadOnlyMemory<byte> Payload, long ConnectedAt, long ReceivedAt);

/// <summary>The hub's side of the broker.</summary>
internal interface IDeviceLink
{
    /// <summary>What devices published, each device's messages in order. One reader.</summary>
    ChannelReader<DeviceMessage> Messages { get; }

    /// <summary>Publishes with QoS 1, in the order of the calls, and returns at once.</summary>
    void Publish(string topic, byte[] payload, bool retained = false);
}
