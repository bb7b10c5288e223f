using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reception.Hub.Certificates;
using Xunit;

namespace Reception.Unit.Tests.Certificates;

/// <summary>What an administrator may upload as the ward's certificate, and what is said of what is wrong with it.</summary>
public sealed class BroughtCertificateTests : IDisposable
{
    private const string Host = "mot-cua.phuong.example";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly WardAuthority _authority = new(Now);

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("one PEM file")]
    [InlineData("two PEM files")]
    [InlineData("a key with a password")]
    [InlineData("PFX")]
    [InlineData("RSA")]
    public void A_whole_certificate_is_taken_from_PEM_and_PFX(string form)
    {
        using var leaf = _authority.Issue(Host, Now.AddDays(-1), Now.AddYears(1), isRsa: form == "RSA");
        AsymmetricAlgorithm leafKey = leaf.GetECDsaPrivateKey() ?? (AsymmetricAlgorithm)leaf.GetRSAPrivateKey()!;
        var (chain, key) = (leaf.ExportCertificatePem() + "\n" + _authority.ChainPem, leafKey.ExportPkcs8PrivateKeyPem());
        var lots = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        var read = form switch
        {
            "two PEM files" => BroughtCertificate.Read(Bytes(chain), Bytes(key), ""),
            "a key with a password" => BroughtCertificate.Read(Bytes(chain), Bytes(leafKey.ExportEncryptedPkcs8PrivateKeyPem("matkhau", lots)), "matkhau"),
            "PFX" => BroughtCertificate.Read(_authority.Pfx(leaf, "matkhau"), null, "matkhau"),
            _ => BroughtCertificate.Read(Bytes(_authority.ChainPem + "\n" + key + "\n" + leaf.ExportCertificatePem()), null, ""),
        };

        using var brought = read.Value;
        Assert.Null(brought.Fault([Host, "localhost"], Now));
        Assert.Equal([Host], brought.Names);
        Assert.True(brought.Covers(Host) && !brought.Covers("other.example") && !brought.Covers(""));
        using var again = BroughtCertificate.Read(Bytes(brought.ToPem()), null, "").Value;
        Assert.Equal(leaf.Thumbprint, again.Leaf.Thumbprint);
        Assert.True(again.Leaf.HasPrivateKey);
        Assert.Null(again.Fault([Host], Now));
    }

    [Fact]
    public void Each_fault_is_told_in_words()
    {
        using var good = _authority.Issue(Host, Now.AddDays(-1), Now.AddYears(1));
        using var other = _authority.Issue(Host, Now.AddDays(-1), Now.AddYears(1));
        var key = good.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        Assert.Equal(
            [
                "The file can't be read: a certificate and its key in PEM form is needed, or a PFX file with its password.",
                "The file can't be read with this password.",
                "The private key is missing. Choose the file of the key, too.",
                "The private key does not belong to the certificate. Choose the two that belong together.",
                "The file holds no certificate.",
                "The private key has a password. Enter it.",
            ],
            [
                Refused("garbage"u8.ToArray()),
                English(BroughtCertificate.Read(_authority.Pfx(good, "matkhau"), null, "wrong")),
                Refused(Bytes(good.ExportCertificatePem())),
                Refused(Bytes(other.ExportCertificatePem() + "\n" + key)),
                Refused(Bytes(key)),
                Refused(Bytes(good.ExportCertificatePem() + "\n" + good.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
                    "matkhau", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)))),
            ]);

        static string Refused(byte[] file) => English(BroughtCertificate.Read(file, null, ""));
    }

    [Theory]
    [InlineData(-400, -1, Host, true, true, "The certificate expired on 2026-11-22.")]
    [InlineData(1, 400, Host, true, true, "The certificate is valid from 2026-11-24 on only. Check the hub's clock.")]
    [InlineData(-1, 400, "other.example", true, true, "The certificate is for other.example, and this hub is known as mot-cua.phuong.example. Set that name as publicAddress, or get a certificate for the hub's name.")]
    [InlineData(-1, 400, Host, false, true, "The issuer's certificate is missing: CN=Ward issuer. Put the whole chain of certificates into the file.")]
    [InlineData(-1, 400, Host, true, false, "The certificate is not for a web server (it lacks the use TLS server).")]
    public void A_certificate_that_browsers_would_reject_is_refused(int from, int to, string name, bool hasChain, bool isServer, string fault)
    {
        using var leaf = _authority.Issue(name, Now.AddDays(from), Now.AddDays(to), isServer: isServer);
        var pem = leaf.ExportCertificatePem() + "\n" + leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + (hasChain ? "\n" + _authority.ChainPem : "");
        using var brought = BroughtCertificate.Read(Bytes(pem), null, "").Value;

        var refusal = brought.Fault([Host], Now);

        Assert.Equal(fault, refusal?.English);
        Assert.NotEqual(refusal!.English, refusal.Vietnamese);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static string English(Reception.Hub.Journal.Result<BroughtCertificate> read) => read.Refusal?.English ?? "taken";
}
