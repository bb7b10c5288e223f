using System.Globalization;
using Org.BouncyCastle.Crypto;
using Reception.Hosting;
using Reception.Hub.Journal;
using Reception.Hub.Record;
using Reception.Hub.Tools;

namespace Reception.Hub.Backup;

/// <summary>Puts a backup in a data folder's place, or rehearses that.</summary>
internal static class RestoreBackup
{
    /// <summary>Before the name of the folder that keeps what was there.</summary>
    public const string Aside = "before-restore-";

    /// <summary>Whether a backup could be restored: its files are whole, its schema is known, its record proves. Gives the lines of what is wrong.</summary>
    /// <param name="backup">Its folder.</param>
    /// <param name="key">The private key of an encrypted one.</param>
    public static IReadOnlyList<string> Check(string backup, AsymmetricKeyParameter? key = null)
    {
        var faults = BackupManifest.Read(backup).Faults(backup).ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        var rehearsal = Directory.CreateTempSubdirectory("reception-restore-").FullName;
        try
        {
            using (var opened = OpenedBackup.Open(backup, key, rehearsal))
            {
                CopyInto(opened, rehearsal);
            }

            using (var opened = new HubDatabase(rehearsal).OpenWriter())
            {
                HighWaterMark.OfDatabase(opened, JournalKey.Of(rehearsal)).Write(rehearsal);
            }

            return [.. Verification.Run(rehearsal, isAlone: true).Findings.Select(finding => finding.Text)];
        }
        finally
        {
            Directory.Delete(rehearsal, recursive: true);
        }
    }

    /// <summary>Restores a backup; gives the lines of what was done and what is lost.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string backup, string data, AsymmetricKeyParameter? key = null)
    {
        var faults = Check(backup, key);
        if (faults.Count > 0)
        {
            throw new StartException($"DIR: {backup} can't be restored: {string.Join("; ", faults.Take(5))}.");
        }

        var manifest = BackupManifest.Read(backup);
        var folder = PrivateFile.MakeFolder(data);
        HighWaterMark? mark;
        using (FolderLock.TryTake(folder) ?? throw new StartException($"--data: a hub runs in {folder}. Stop it first."))
        {
            mark = HighWaterMark.Reached(folder);
            PutAside(folder);
            using var opened = OpenedBackup.Open(backup, key, folder);
            CopyInto(opened, folder);
        }

        await HallTools.ExecuteAsync(folder, new StartRestored(manifest.Sequence, mark));
        var lost = mark is { } known && known.Sequence > manifest.Sequence
            ? $"The backup ends at row {manifest.Sequence}; rows up to {known.Sequence} were written, so {known.Sequence - manifest.Sequence} are lost."
            : $"The backup ends at row {manifest.Sequence}. How many rows were written after it is not known.";
        return
        [
            $"{manifest.Site} is restored in {folder} as it was at {manifest.Made.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}.",
            lost,
            "Numbers of the day go on past those that may be on paper. Devices send what they still hold when they connect.",
        ];
    }

    private static void PutAside(string folder)
    {
        var there = Directory.EnumerateFileSystemEntries(folder)
            .Where(path => Path.GetFileName(path) is not "hub.lock" && !Path.GetFileName(path).StartsWith(Aside, StringComparison.Ordinal)).ToList();
        if (there.Count == 0)
        {
            return;
        }

        var aside = PrivateFile.MakeFolder(Path.Combine(
            folder, Aside + TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture)));
        foreach (var path in there)
        {
            Directory.Move(path, Path.Combine(aside, Path.GetFileName(path)));
        }
    }

    private static void CopyInto(OpenedBackup backup, string folder)
    {
        foreach (var file in backup.Manifest.Files)
        {
            var to = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(backup.Folder, file.Path), to, overwrite: true);
        }
    }
}
