using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Certificates;

/// <summary>A certificate that the ward brings, with those between it and its authority, and its private key.</summary>
internal sealed class BroughtCertificate : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const int LeastRsaBits = 2048;

    private BroughtCertificate(X509Certificate2 leaf, X509Certificate2Collection others, string keyPem) => (Leaf, Others, KeyPem) = (leaf, others, keyPem);

    /// <summary>The hub's own certificate, with its key.</summary>
    public X509Certificate2 Leaf { get; }

    /// <summary>What came beside it: the certificates of its authorities.</summary>
    public X509Certificate2Collection Others { get; }

    private string KeyPem { get; }

    /// <summary>The names of hosts that it is valid for.</summary>
    public IReadOnlyList<string> Names => [.. Leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(one => one.EnumerateDnsNames())];

    /// <summary>Whether it is valid for a host that a browser names.</summary>
    public bool Covers(string host) => host.Length > 0 && Leaf.MatchesHostname(host, allowWildcards: true, allowCommonName: false);

    /// <summary>All of it as one PEM text: certificate, chain, key.</summary>
    public string ToPem() => string.Join('\n', [Leaf.ExportCertificatePem(), .. Others.Select(one => one.ExportCertificatePem()), KeyPem, ""]);

    /// <summary>Reads PEM text (the key in it, or in a file of its own) or PFX.</summary>
    /// <param name="file">The file with the certificate.</param>
    /// <param name="keyFile">The file with the key, or null.</param>
    /// <param name="password">The password of the key or of the PFX; empty for none.</param>
    public static Result<BroughtCertificate> Read(byte[] file, byte[]? keyFile, string password)
    {
        try
        {
            return Encoding.Latin1.GetString(file) is var text && text.Contains("-----BEGIN ", StringComparison.Ordinal)
                ? ReadPem(text, keyFile is null ? text : Encoding.Latin1.GetString(keyFile), password)
                : ReadPfx(file, password);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return password.Length == 0
                ? Wrong("Không đọc được tệp: cần chứng chỉ và khóa dạng PEM, hoặc tệp PFX kèm mật khẩu.",
                    "The file can't be read: a certificate and its key in PEM form is needed, or a PFX file with its password.")
                : Wrong("Không đọc được tệp với mật khẩu này.", "The file can't be read with this password.");
        }
    }

    /// <summary>Why browsers would not accept it from this hub; null where they do, once they trust its authority.</summary>
    /// <param name="hosts">The names under which the hub is known.</param>
    /// <param name="now">The time.</param>
    public Refusal? Fault(IReadOnlyCollection<string> hosts, DateTimeOffset now)
    {
        if (now >= Leaf.NotAfter)
        {
            return Wrong($"Chứng chỉ đã hết hạn ngày {Leaf.NotAfter:dd'/'MM'/'yyyy}.", $"The certificate expired on {Leaf.NotAfter:yyyy-MM-dd}.");
        }

        if (now < Leaf.NotBefore)
        {
            return Wrong($"Chứng chỉ chỉ có hiệu lực từ ngày {Leaf.NotBefore:dd'/'MM'/'yyyy}. Hãy xem lại giờ của máy chủ.",
                $"The certificate is valid from {Leaf.NotBefore:yyyy-MM-dd} on only. Check the hub's clock.");
        }

        if (Leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses && uses.EnhancedKeyUsages[ServerUse] is null)
        {
            return Wrong("Chứng chỉ không dùng được cho máy chủ web (thiếu quyền TLS server).", "The certificate is not for a web server (it lacks the use TLS server).");
        }

        using var rsa = Leaf.GetRSAPublicKey();
        if (rsa?.KeySize < LeastRsaBits)
        {
            return Wrong($"Khóa RSA quá ngắn: {rsa.KeySize} bit, cần ít nhất {LeastRsaBits}.", $"The RSA key is too short: {rsa.KeySize} bits, at least {LeastRsaBits} are needed.");
        }

        if (!hosts.Any(Covers))
        {
            var (names, known) = (Names.Count == 0 ? "-" : string.Join(", ", Names), string.Join(", ", hosts));
            return Wrong($"Chứng chỉ cấp cho {names}, còn máy chủ này có tên {known}. Hãy đặt tên đó trong publicAddress, hoặc xin chứng chỉ cho tên của máy chủ.",
                $"The certificate is for {names}, and this hub is known as {known}. Set that name as publicAddress, or get a certificate for the hub's name.");
        }

        return ChainFault();
    }

    public void Dispose()
    {
        Leaf.Dispose();
        foreach (var one in Others)
        {
            one.Dispose();
        }
    }

    private Refusal? ChainFault()
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Its dates were looked at; whether browsers trust the authority is theirs to say.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority | X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.ExtraStore.AddRange(Others);
        var isValid = chain.Build(Leaf);
        var last = chain.ChainElements[^1].Certificate;
        if (!last.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData))
        {
            return Wrong($"Thiếu chứng chỉ của nơi cấp: {last.Issuer}. Hãy thêm cả chuỗi chứng chỉ vào tệp.",
                $"The issuer's certificate is missing: {last.Issuer}. Put the whole chain of certificates into the file.");
        }

        return isValid ? null
            : Wrong($"Chuỗi chứng chỉ không đúng: {Reason(chain)}.", $"The chain of certificates is not valid: {Reason(chain)}.");
    }

    private static string Reason(X509Chain chain) => string.Join(", ", chain.ChainStatus
        .Where(one => one.Status is not (X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.NotTimeValid)).Select(one => $"{one.Status}").Distinct());

    private static Result<BroughtCertificate> ReadPem(string text, string keyText, string password)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (all.Count == 0)
        {
            return Wrong("Trong tệp không có chứng chỉ nào.", "The file holds no certificate.");
        }

        if (!keyText.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            return Wrong("Thiếu khóa riêng. Hãy chọn cả tệp khóa.", "The private key is missing. Choose the file of the key, too.");
        }

        var isEncrypted = keyText.Contains("-----BEGIN ENCRYPTED ", StringComparison.Ordinal);
        if (isEncrypted && password.Length == 0)
        {
            return Wrong("Khóa riêng có mật khẩu. Hãy nhập mật khẩu.", "The private key has a password. Enter it.");
        }

        foreach (AsymmetricAlgorithm key in new AsymmetricAlgorithm[] { ECDsa.Create(), RSA.Create() })
        {
            using (key)
            {
                if (TryImport(key, keyText, isEncrypted ? password : null))
                {
                    return Of(all, key);
                }
            }
        }

        throw new CryptographicException("The key is of no known kind.");
    }

    private static Result<BroughtCertificate> ReadPfx(byte[] file, string password)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(file, password, X509KeyStorageFlags.Exportable | X509KeyStorageFlags.EphemeralKeySet);
        if (all.FirstOrDefault(one => one.HasPrivateKey) is not { } leaf)
        {
            return Wrong("Trong tệp không có khóa riêng.", "The file holds no private key.");
        }

        using AsymmetricAlgorithm? key = leaf.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm?)leaf.GetRSAPrivateKey();
        return key is null ? Wrong("Khóa phải là RSA hoặc ECDSA.", "The key must be RSA or ECDSA.") : Of(all, key);
    }

    private static bool TryImport(AsymmetricAlgorithm key, string text, string? password)
    {
        try
        {
            if (password is null)
            {
                key.ImportFromPem(text);
            }
            else
            {
                key.ImportFromEncryptedPem(text, password);
            }

            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static Result<BroughtCertificate> Of(X509Certificate2Collection all, AsymmetricAlgorithm key)
    {
        var ownKey = key.ExportSubjectPublicKeyInfo();
        if (all.FirstOrDefault(one => one.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(ownKey)) is not { } leaf)
        {
            return Wrong("Khóa riêng không khớp với chứng chỉ. Hãy chọn đúng cặp chứng chỉ và khóa.",
                "The private key does not belong to the certificate. Choose the two that belong together.");
        }

        var keyPem = ExportPem(key);
        using var pem = X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), keyPem);
        // Windows can't use a key that is in memory only.
        return new BroughtCertificate(
            X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null), [.. all.Where(one => one != leaf).ToArray()], keyPem);
    }

    private static string ExportPem(AsymmetricAlgorithm key)
    {
        try
        {
            return key.ExportPkcs8PrivateKeyPem();
        }
        catch (CryptographicException) when (OperatingSystem.IsWindows() && key is RSA or ECDsa)
        {
            // A key of a PFX leaves Windows' store encrypted only.
            var lots = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
            using AsymmetricAlgorithm copy = key is RSA ? RSA.Create() : ECDsa.Create();
            copy.ImportEncryptedPkcs8PrivateKey("export", key.ExportEncryptedPkcs8PrivateKey("export", lots), out _);
            return copy.ExportPkcs8PrivateKeyPem();
        }
    }

    private static Refusal Wrong(string vietnamese, string english) => new("malformed", vietnamese, english);
}
