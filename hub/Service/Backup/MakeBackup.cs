using System.Globalization;
using Dapper;
using Org.BouncyCastle.X509;
using Reception.Hosting;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Record;

namespace Reception.Hub.Backup;

/// <summary>Makes a backup while the hub runs: the database at one moment, and every other file of the data folder.</summary>
internal static class MakeBackup
{
    public const string Prefix = "reception-";

    /// <summary>The ending of one that is being made.</summary>
    public const string Partial = ".partial";

    /// <summary>The ending of one that is still to be encrypted, in the data folder.</summary>
    public const string Plain = ".new";
    private const string Database = "hub.db";

    // Of this machine and this moment alone, or made by the demonstration.
    private static readonly string[] Passed = [Database, "hub.db-wal", "hub.db-shm", "hub.lock", "hub.sock", HighWaterMark.Name, WholeVerification.Name, "run", "logs"];

    /// <summary>Makes it in a folder, and proves it by a rehearsed restore. A backup that is not whole never has its final name.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="folder">The folder that gets it.</param>
    /// <param name="now">The time, which is its name.</param>
    /// <param name="encryptTo">The certificate that it is encrypted to, or null.</param>
    public static MadeBackup Run(string data, string folder, DateTimeOffset now, X509Certificate? encryptTo = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{now.UtcDateTime:yyyy-MM-dd'T'HHmmss'Z'}");
        var (partial, whole) = (Path.Combine(folder, name + Partial), Path.Combine(folder, name));
        if (!Directory.Exists(folder))
        {
            throw new StartException($"DIR: {folder} is not a folder; make it, or name another one.");
        }

        if (BackupOptions.IsIn(folder, data))
        {
            throw new StartException($"DIR: {folder} is in the data folder; name one on another disk.");
        }

        if (Directory.Exists(whole))
        {
            throw new StartException($"DIR: {whole} is there already; try again in a second.");
        }

        // What is to be encrypted never lies on the other disk as it is.
        var plain = encryptTo is null ? partial : Path.Combine(data, name + Plain);
        try
        {
            PrivateFile.MakeFolder(plain);
            var manifest = CopyDatabase(data, plain, now);
            CopyFiles(data, plain);
            if (File.Exists(Path.Combine(data, JournalKey.Name)))
            {
                JournalKey.Find(data)!.WriteTo(plain);
            }

            (manifest with { Files = BackupFile.AllOf(plain) }).Write(plain);
            var faults = RestoreBackup.Check(plain);
            if (encryptTo is not null)
            {
                PrivateFile.MakeFolder(partial);
                EncryptedBackup.Write(plain, partial, encryptTo);
                Remove(plain);
            }

            Directory.Move(partial, whole);
            return new MadeBackup(whole, faults);
        }
        catch
        {
            Remove(plain);
            Remove(partial);
            throw;
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static BackupManifest CopyDatabase(string data, string to, DateTimeOffset now)
    {
        using (var own = FolderLock.TryTake(data))
        using (var connection = own is null ? new HubDatabase(data).OpenReader() : new HubDatabase(data).OpenWriter())
        {
            connection.Execute("VACUUM INTO @path", new { path = Path.Combine(to, Database) });
        }

        using var copy = new HubDatabase(to).OpenReader();
        var newest = copy.QuerySingleOrDefault<(long Sequence, byte[] Chain)?>("SELECT sequence, chain FROM journal ORDER BY sequence DESC LIMIT 1");
        var site = copy.ExecuteScalar<string?>("SELECT body ->> '$.site.code' FROM site") ?? "";
        return new BackupManifest(
            now, site, JournalIdentity.Read(copy), newest?.Sequence ?? 0, newest is { } row ? Convert.ToHexStringLower(row.Chain) : "", []);
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(from).Where(path => !Passed.Contains(Path.GetFileName(path)) && !IsAside(path)))
        {
            Copy(path, Path.Combine(to, Path.GetFileName(path)));
        }
    }

    /// <summary>What a restore put aside, and files that are being written.</summary>
    private static bool IsAside(string path) =>
        Path.GetFileName(path).StartsWith(RestoreBackup.Aside, StringComparison.Ordinal) || path.EndsWith(".new", StringComparison.Ordinal);

    internal static void Copy(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            File.Copy(from, to, overwrite: true);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            Copy(path, Path.Combine(to, Path.GetFileName(path)));
        }
    }
}

/// <summary>A backup that was made.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Faults">What is not right in it, a line each.</param>
internal sealed record MadeBackup(string Folder, IReadOnlyList<string> Faults);
