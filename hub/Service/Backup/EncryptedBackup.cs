using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Reception.Hosting;

namespace Reception.Hub.Backup;

/// <summary>
/// A backup that only the holder of a private key can read: each file of an ordinary one, its manifest too, as a CMS message (RFC 5652) with AES-256.
/// <c>openssl cms -decrypt -inform DER</c> reads them as well.
/// </summary>
internal static class EncryptedBackup
{
    private const string Extension = ".cms";
    private const int SmallestKeyBits = 2048;

    /// <summary>Writes every file of a backup, encrypted, into another folder, and a manifest of what is there then.</summary>
    public static void Write(string plain, string folder, X509Certificate recipient)
    {
        foreach (var path in Files(plain))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(plain, path) + Extension);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            Encrypt(path, to, recipient);
        }

        (BackupManifest.Read(plain) with { Encrypted = true, Files = BackupFile.AllOf(folder) }).Write(folder);
    }

    /// <summary>Writes the ordinary backup that is in an encrypted one into an empty folder.</summary>
    public static void Read(string backup, BackupManifest manifest, AsymmetricKeyParameter key, string into)
    {
        foreach (var file in manifest.Files)
        {
            var to = Path.Combine(into, file.Path[..^Extension.Length]);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            try
            {
                Decrypt(Path.Combine(backup, file.Path), to, key);
            }
            catch (Exception exception) when (exception is CmsException or CryptoException or GeneralSecurityException)
            {
                throw new StartException($"--key: it is not the private key of the certificate that {backup} was encrypted to. ({exception.Message})");
            }
        }
    }

    /// <summary>The certificate that backups are encrypted to.</summary>
    /// <param name="path">A file in PEM.</param>
    /// <param name="name">The setting that names it, for the message.</param>
    public static X509Certificate ReadCertificate(string path, string name)
    {
        var certificate = ReadPem(path, name) as X509Certificate;
        return certificate?.GetPublicKey() is RsaKeyParameters { Modulus.BitLength: >= SmallestKeyBits }
            ? certificate
            : throw new StartException($"{name}: {path} holds no certificate in PEM with an RSA key of {SmallestKeyBits} bits or more.");
    }

    /// <summary>The private key that reads a backup.</summary>
    public static AsymmetricKeyParameter ReadKey(string path) => ReadPem(path, "--key") switch
    {
        AsymmetricCipherKeyPair pair => pair.Private,
        RsaPrivateCrtKeyParameters key => key,
        _ => throw new StartException($"--key: {path} holds no private RSA key in PEM."),
    };

    private static object? ReadPem(string path, string name)
    {
        try
        {
            using var reader = new PemReader(new StringReader(File.ReadAllText(path)));
            return reader.ReadObject();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PemException or GeneralSecurityException or ArgumentException)
        {
            throw new StartException($"{name}: {path} can't be read: {exception.Message}");
        }
    }

    private static void Encrypt(string from, string to, X509Certificate recipient)
    {
        var message = new CmsEnvelopedDataStreamGenerator();
        message.AddKeyTransRecipient(recipient);
        using var plain = File.OpenRead(from);
        using var file = PrivateFile.Create(to);
        using (var encrypted = message.Open(file, CmsEnvelopedGenerator.Aes256Cbc))
        {
            plain.CopyTo(encrypted);
        }

        file.Flush(flushToDisk: true);
    }

    private static void Decrypt(string from, string to, AsymmetricKeyParameter key)
    {
        using var encrypted = File.OpenRead(from);
        using var message = new CmsEnvelopedDataParser(encrypted);
        var recipient = message.GetRecipientInfos().GetRecipients().First();
        using var file = PrivateFile.Create(to);
        recipient.GetContentStream(key).ContentStream.CopyTo(file);
    }

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
}
