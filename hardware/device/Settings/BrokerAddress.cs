using System.Security.Cryptography.X509Certificates;
using Reception.Mqtt;

namespace Reception.Device.Settings;

/// <summary>Where the broker is, and the device's secret for it.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="Secret">The device's MQTT password.</param>
/// <param name="Version">The version of MQTT.</param>
/// <param name="Authority">The hall's authority; with it the link uses TLS.</param>
public sealed record BrokerAddress(string Host, int Port, string Secret, MqttVersion Version = MqttVersion.V5, X509Certificate2? Authority = null)
{
    /// <summary>The address alone: a secret is never printed.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
