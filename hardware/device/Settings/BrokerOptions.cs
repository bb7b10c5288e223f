using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reception.Hosting.Settings;
using Reception.Mqtt;

namespace Reception.Device.Settings;

/// <summary>Where the broker is, and the device's secret for it.</summary>
public sealed record BrokerOptions
{
    /// <summary>A name or an address.</summary>
    [HostName]
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    [WholeNumber(1, 65535)]
    public required int Port { get; init; }

    /// <summary>A file that holds the device's MQTT password.</summary>
    [SecretFile]
    public required string SecretFile { get; init; }

    /// <summary>The version of MQTT.</summary>
    [OneOf("5", "3.1.1")]
    public string Version { get; init; } = "5";

    /// <summary>A file that holds the hall's authority; with it the link uses TLS.</summary>
    [Certificate]
    public string? Authority { get; init; }

    /// <summary>The address with what its files hold.</summary>
    public BrokerAddress Address() => new(
        Host,
        Port,
        File.ReadAllText(SecretFile).Trim(),
        Version == "5" ? MqttVersion.V5 : MqttVersion.V311,
        Authority is { } authority ? X509CertificateLoader.LoadCertificateFromFile(authority) : null);
}

/// <summary>A file that holds a certificate.</summary>
public sealed class CertificateAttribute : PathAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "the path of a certificate's file";

    /// <inheritdoc/>
    protected override string? Reason(string path)
    {
        try
        {
            X509CertificateLoader.LoadCertificateFromFile(path).Dispose();
            return null;
        }
        catch (CryptographicException exception)
        {
            return File.Exists(path) ? exception.Message : "this one does not exist";
        }
    }
}
