using Org.BouncyCastle.Crypto;
using Reception.Hosting;

namespace Reception.Hub.Backup;

/// <summary>A backup that can be read: its own folder, or for an encrypted one a temporary folder with what is in it.</summary>
internal sealed class OpenedBackup : IDisposable
{
    private readonly string? _temporary;

    private OpenedBackup(string folder, BackupManifest manifest, string? temporary) => (Folder, Manifest, _temporary) = (folder, manifest, temporary);

    public string Folder { get; }

    public BackupManifest Manifest { get; }

    /// <summary>Opens a backup, whose files are whole.</summary>
    /// <param name="backup">Its folder.</param>
    /// <param name="key">The private key of an encrypted one.</param>
    /// <param name="room">The folder in which the temporary one is made.</param>
    public static OpenedBackup Open(string backup, AsymmetricKeyParameter? key, string room)
    {
        var manifest = BackupManifest.Read(backup);
        if (!manifest.Encrypted)
        {
            return new OpenedBackup(backup, manifest, null);
        }

        if (key is null)
        {
            throw new StartException($"DIR: {backup} is encrypted; name the file of its private key with --key.");
        }

        var plain = PrivateFile.MakeFolder(Path.Combine(room, $"opened-{Guid.NewGuid():N}.new"));
        try
        {
            EncryptedBackup.Read(backup, manifest, key, plain);
            return new OpenedBackup(plain, BackupManifest.Read(plain), plain);
        }
        catch
        {
            Directory.Delete(plain, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }
}
