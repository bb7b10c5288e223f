using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reception.Mqtt;
using Reception.Settings;

namespace Reception.Device.Settings;

/// <summary>Where the broker is, and the device's secret for it.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
/// <param name="Secret">The device's MQTT password.</param>
/// <param name="Version">The version of MQTT.</param>
/// <param name="Authority">The hall's authority; with it the link uses TLS.</param>
public sealed record BrokerAddress(string Host, int Port, string Secret, MqttVersion Version = MqttVersion.V5, X509Certificate2? Authority = null)
{
    /// <summary>Reads the keys <c>broker.host</c>, <c>.port</c>, <c>.secretFile</c>, and where given <c>.authority</c> and <c>.version</c>.</summary>
    /// <exception cref="SettingsException">One is missing or not allowed.</exception>
    public static BrokerAddress Read(SettingsFile settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.AllowOnly(["host", "port", "secretFile", "authority", "version"], "broker");
        return new BrokerAddress(
            settings.Text("broker.host", "a host's name or address", text => Uri.CheckHostName(text) != UriHostNameType.Unknown),
            settings.Number("broker.port", 1, 65535),
            settings.Secret("broker.secretFile"),
            settings.Has("broker.version") ? settings.OneOf("broker.version", ("5", MqttVersion.V5), ("3.1.1", MqttVersion.V311)) : MqttVersion.V5,
            settings.Has("broker.authority") ? ReadAuthority(settings) : null);
    }

    /// <summary>The address alone: a secret is never printed.</summary>
    public override string ToString() => $"{Host}:{Port}";

    private static X509Certificate2 ReadAuthority(SettingsFile settings)
    {
        var path = settings.ExistingFile("broker.authority");
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"broker.authority: {path} is not a certificate that can be read: {exception.Message}");
        }
    }
}
