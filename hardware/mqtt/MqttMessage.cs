namespace Reception.Mqtt;

/// <summary>A received message.</summary>
/// <param name="Topic">The full topic.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="Retained">Whether the broker had kept it from before the subscription.</param>
public readonly record struct MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained);

/// <summary>A message that the broker publishes when the connection ends without a DISCONNECT packet (MQTT 5, 3.1.2.5).</summary>
public sealed record MqttWill(string Topic, byte[] Payload, bool Retained);
