using Reception.Settings;

namespace Reception.Device.Settings;

/// <summary>Where the broker is, and the device's secret for it.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="Secret">The device's MQTT password.</param>
public sealed record BrokerAddress(string Host, int Port, string Secret)
{
    /// <summary>Reads the keys <c>broker.host</c>, <c>.port</c> and <c>.secretFile</c>.</summary>
    /// <exception cref="SettingsException">One is missing or not allowed.</exception>
    public static BrokerAddress Read(SettingsFile settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new BrokerAddress(
            settings.Text("broker.host", "a host's name or address", text => Uri.CheckHostName(text) != UriHostNameType.Unknown),
            settings.Number("broker.port", 1, 65535),
            settings.Secret("broker.secretFile"));
    }

    /// <summary>The address alone: a secret is never printed.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
