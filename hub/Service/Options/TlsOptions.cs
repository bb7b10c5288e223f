using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Reception.Hub.Options;

/// <summary>Where the hub listens with TLS 1.2 or 1.3, and with which certificate.</summary>
internal abstract record TlsOptions
{
    /// <summary>The address to listen on.</summary>
    public string Address { get; init; } = "0.0.0.0";

    public abstract int Port { get; init; }

    /// <summary>The server's certificate first, then those between it and the authority: a PEM file.</summary>
    public required string Certificate { get; init; }

    /// <summary>The certificate's private key: a PEM file without a password.</summary>
    public required string Key { get; init; }

    /// <summary>What is wrong, in one line that names the key; or null.</summary>
    /// <param name="section">The section of the settings, such as <c>mqtt.tls</c>.</param>
    public string? Fault(string section)
    {
        if (!IPAddress.TryParse(Address, out _))
        {
            return $"{section}.address: '{Address}' is not a valid IP address; write one such as 0.0.0.0.";
        }

        foreach (var (key, path) in new[] { ("certificate", Certificate), ("key", Key) })
        {
            if (!File.Exists(path))
            {
                return $"{section}.{key}: the file '{path}' does not exist.";
            }
        }

        try
        {
            Load();
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return $"{section}: {Certificate} and {Key} are not a certificate and its key in PEM form: {exception.Message}";
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
