using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Reception.Hosting.Settings;

namespace Reception.Hub.Options;

/// <summary>Where the broker listens.</summary>
internal sealed record MqttOptions
{
    /// <summary>The port of plain MQTT on 127.0.0.1.</summary>
    [WholeNumber(1, 65535)]
    public int Port { get; init; } = 1883;

    /// <summary>MQTT over TLS, for devices on other machines; null turns it off.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>The addresses that must be free.</summary>
    [JsonIgnore]
    public IEnumerable<IPEndPoint> EndPoints =>
        Tls is { } tls ? [new IPEndPoint(IPAddress.Loopback, Port), new IPEndPoint(IPAddress.Parse(tls.Address), tls.Port)] : [new IPEndPoint(IPAddress.Loopback, Port)];
}

/// <summary>MQTT over TLS 1.2 or 1.3.</summary>
internal sealed record MqttTlsOptions
{
    /// <summary>The address to listen on.</summary>
    public string Address { get; init; } = "0.0.0.0";

    [WholeNumber(1, 65535)]
    public int Port { get; init; } = 8883;

    /// <summary>The server's certificate first, then those between it and the authority: a PEM file.</summary>
    public required string Certificate { get; init; }

    /// <summary>The certificate's private key: a PEM file without a password.</summary>
    public required string Key { get; init; }

    /// <summary>What is wrong, in one line that names the key; or null.</summary>
    public string? Fault()
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            return $"mqtt.tls.address: '{Address}' is not a valid IP address; write one such as 0.0.0.0.";
        }

        foreach (var (key, path) in new[] { ("certificate", Certificate), ("key", Key) })
        {
            if (!File.Exists(path))
            {
                return $"mqtt.tls.{key}: the file '{path}' does not exist.";
            }
        }

        try
        {
            Load();
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return $"mqtt.tls: {Certificate} and {Key} are not a certificate and its key in PEM form: {exception.Message}";
        }
    }

    /// <summary>Reads the certificates and the key.</summary>
    public HttpsConnectionAdapterOptions Load()
    {
        using var pem = X509Certificate2.CreateFromPemFile(Certificate, Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Certificate);
        return new HttpsConnectionAdapterOptions
        {
            // Windows can't use a key that is in memory only.
            ServerCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null),
            ServerCertificateChain = chain,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
    }
}
