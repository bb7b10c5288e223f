using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Reception.Unit.Tests.Certificates;

/// <summary>An authority of a ward or a province: a root, and an issuer below it that issues for hosts.</summary>
internal sealed class WardAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuer;

    public WardAuthority(DateTimeOffset now)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = Authority("CN=Ward root", rootKey);
        _root = root.CreateSelfSigned(now.AddYears(-5), now.AddYears(5));
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuer = Authority("CN=Ward issuer", issuerKey).Create(_root, now.AddYears(-4), now.AddYears(4), [2]);
        _issuer = issuer.CopyWithPrivateKey(issuerKey);
    }

    public string RootPem => _root.ExportCertificatePem();

    /// <summary>The issuer and the root.</summary>
    public string ChainPem => $"{_issuer.ExportCertificatePem()}\n{RootPem}";

    public X509Certificate2 Issue(string host, DateTimeOffset from, DateTimeOffset to, bool isServer = true, bool isRsa = false)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var request = isRsa
            ? new CertificateRequest($"CN={host}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={host}", ecdsa, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], critical: false));
        var generator = X509SignatureGenerator.CreateForECDsa(_issuer.GetECDsaPrivateKey()!);
        using var leaf = request.Create(_issuer.SubjectName, generator, from, to, RandomNumberGenerator.GetBytes(16));
        return isRsa ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey(ecdsa);
    }

    /// <summary>A certificate with its key and its chain as PFX.</summary>
    public byte[] Pfx(X509Certificate2 leaf, string password)
    {
        using var issuer = X509Certificate2.CreateFromPem(_issuer.ExportCertificatePem());
        using var root = X509Certificate2.CreateFromPem(RootPem);
        return new X509Certificate2Collection(new[] { leaf, issuer, root }).Export(X509ContentType.Pkcs12, password)!;
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _root.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }
}
