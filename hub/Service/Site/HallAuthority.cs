using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Reception.Hosting;

namespace Reception.Hub.Site;

/// <summary>The hall's own certificate authority, and the hub's certificate, under <c>DATA/tls</c>.</summary>
/// <param name="AuthorityCertificate">What devices are given: they accept no other hub.</param>
/// <param name="Certificate">The hub's certificate.</param>
/// <param name="Key">The hub's private key.</param>
internal sealed record HallAuthority(string AuthorityCertificate, string Certificate, string Key)
{
    private const int Years = 30;
    private const string AuthorityFile = "authority.crt";

    // A hub without a battery for its clock may start in 1970.
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch;

    /// <summary>
    /// Makes what is missing, and the hub's certificate anew where this machine has a name or an address that is not in it; devices and browsers trust
    /// the authority, so they notice nothing. Without the authority's key, which may be kept elsewhere, files that exist stay. What the authority may
    /// not issue for is left out: with it the whole certificate would be rejected.
    /// </summary>
    public static HallAuthority Make(string data) => Make(data, MachineNames(), MachineAddresses());

    /// <summary>The same for these names and addresses.</summary>
    internal static HallAuthority Make(string data, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses)
    {
        var folder = Directory.CreateDirectory(FolderOf(data)).FullName;
        var files = new HallAuthority(Path.Combine(folder, AuthorityFile), Path.Combine(folder, "hub.crt"), Path.Combine(folder, "hub.key"));
        var authorityKey = Path.Combine(folder, "authority.key");
        var isWhole = File.Exists(files.AuthorityCertificate) && File.Exists(files.Certificate) && File.Exists(files.Key);
        if (isWhole && (!File.Exists(authorityKey) || Covers(files, names, addresses)))
        {
            return files;
        }

        // All belong together: without this one they are made again.
        File.Delete(files.Certificate);
        using var authority = File.Exists(authorityKey) && File.Exists(files.AuthorityCertificate)
            ? X509Certificate2.CreateFromPemFile(files.AuthorityCertificate, authorityKey)
            : NewAuthority(files.AuthorityCertificate, authorityKey, NameConstraints.For(names, addresses));
        var (permittedNames, permittedAddresses) = Permitted(authority, names, addresses);
        using var hubKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var hub = Hub(authority, hubKey, permittedNames, permittedAddresses);
        PrivateFile.Write(files.Key, hubKey.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(files.Certificate, hub.ExportCertificatePem());
        return files;
    }

    /// <summary>The names of this machine.</summary>
    public static IReadOnlyList<string> MachineNames() => [.. new[] { "localhost", Dns.GetHostName() }.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The addresses of this machine.</summary>
    public static IReadOnlyList<IPAddress> MachineAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => WithoutScope(one.Address)).Distinct()];

    /// <summary>The authority's certificate of a data folder; null where there is none.</summary>
    public static string? Find(string data) => Path.GetFullPath(Path.Combine(FolderOf(data), AuthorityFile)) is var path && File.Exists(path) ? path : null;

    /// <summary>
    /// Names and IPv4 addresses of this machine that browsers and devices can't use with TLS, since the authority may not issue for them; IPv6 addresses
    /// of the internet change by themselves and are nobody's way to the hub.
    /// </summary>
    public static IReadOnlyList<string> LeftOut(string authorityFile, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(authorityFile);
        var (permittedNames, permittedAddresses) = Permitted(authority, names, addresses);
        return
        [
            .. names.Except(permittedNames),
            .. addresses.Except(permittedAddresses).Where(address => address.AddressFamily == AddressFamily.InterNetwork).Select(address => $"{address}"),
        ];
    }

    /// <summary>SHA-256 over a certificate in groups of four digits, as people compare it.</summary>
    public static string FingerprintOf(string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return string.Join(' ', certificate.GetCertHashString(HashAlgorithmName.SHA256).Chunk(4).Select(group => new string(group)));
    }

    private static string FolderOf(string data) => Path.Combine(data, "tls");

    private static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());

    private static (IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Addresses) Permitted(
        X509Certificate2 authority, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses) =>
        NameConstraints.Of(authority) is not { } constraints ? (names, addresses) : ([.. names.Where(constraints.Permits)], [.. addresses.Where(constraints.Permits)]);

    private static bool Covers(HallAuthority files, IReadOnlyList<string> allNames, IReadOnlyList<IPAddress> allAddresses)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(files.AuthorityCertificate);
        var (names, addresses) = Permitted(authority, allNames, allAddresses);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        var known = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        return names.All(name => known.Exists(one => one.EnumerateDnsNames().Contains(name, StringComparer.OrdinalIgnoreCase)))
            && addresses.All(address => known.Exists(one => one.EnumerateIPAddresses().Contains(address)));
    }

    private static X509Certificate2 NewAuthority(string certificateFile, string keyFile, NameConstraints constraints)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = Authority(key, constraints);
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, authority.ExportCertificatePem());
        return authority;
    }

    private static X509Certificate2 Authority(ECDsa key, NameConstraints constraints)
    {
        var request = new CertificateRequest("CN=Reception hall authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(constraints.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(From, TimeProvider.System.GetUtcNow().AddYears(Years));
    }

    private static X509Certificate2 Hub(X509Certificate2 authority, ECDsa key, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        var request = new CertificateRequest("CN=Reception hub", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "TLS server")], critical: false));
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(authority, From, authority.NotAfter, RandomNumberGenerator.GetBytes(16));
    }
}
