using Microsoft.Data.Sqlite;
using Org.BouncyCastle.X509;
using Reception.Hub.Journal;
using Reception.Hub.Options;

namespace Reception.Hub.Backup;

/// <summary>
/// Makes a backup every night, or after the start where the machine was off at night; proves it by a rehearsed restore, and deletes those that are
/// too old.
/// </summary>
internal sealed class NightlyBackup(HubOptions options, HallBoard board, TimeProvider clock, ILogger<NightlyBackup> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(36);

    private volatile BackupState? _state;

    /// <summary>The newest good backup, and why the last try failed; null where none is to be made.</summary>
    public BackupState? State => _state;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Backup.Folder is not { } folder)
        {
            return;
        }

        var state = _state = new BackupState(Newest(folder), Fault(folder));
        if (state.Fault is { } fault)
        {
            log.LogWarning(new EventId(1015), "No backup can be made now: {Reason}", fault);
        }

        var last = state.Newest is { } newest ? NightOf(newest) : DateOnly.MinValue;
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (NightOf(clock.GetUtcNow()) is var night && night != last)
            {
                last = night;
                _state = await Task.Run(() => Make(folder), stoppingToken);
            }
        }
    }

    /// <summary>Why none could be made now: told at the start, and the hall opens all the same.</summary>
    private string? Fault(string folder)
    {
        try
        {
            _ = Certificate();
            return Directory.Exists(folder) ? null : $"backup.folder: the folder '{folder}' is not there; make it, or connect its disk.";
        }
        catch (StartException unread)
        {
            return unread.Message;
        }
    }

    private X509Certificate? Certificate() => options.Backup.EncryptTo is { } path ? EncryptedBackup.ReadCertificate(path, "backup.encryptTo") : null;

    /// <summary>Whether the newest good backup is older than a day and a half.</summary>
    public bool IsOverdue => _state is { } state && (state.Newest is not { } newest || clock.GetUtcNow() - newest > Overdue);

    private DateOnly NightOf(DateTimeOffset at) => board.Current.State.Setup.NightOf(at, options.Backup.Hour);

    private BackupState Make(string folder)
    {
        try
        {
            if (Fault(folder) is { } fault)
            {
                throw new StartException(fault);
            }

            var made = MakeBackup.Run(options.Data, folder, clock.GetUtcNow(), Certificate());
            if (made.Faults is [var first, ..])
            {
                log.LogError(new EventId(1012), "The backup {Backup} is not as it was written: {Fault}", made.Folder, first);
                return new BackupState(Newest(folder, but: made.Folder), first);
            }

            foreach (var old in Backups(folder).SkipLast(options.Backup.Keep).Concat(Abandoned(folder)))
            {
                Directory.Delete(old, recursive: true);
            }

            log.LogInformation(new EventId(1013), "The backup {Backup} is made and proven", made.Folder);
            return new BackupState(Newest(folder), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException or StartException)
        {
            log.LogError(new EventId(1014), "No backup was made; it is tried again next night: {Reason}", exception.Message);
            return new BackupState(Newest(folder), exception.Message);
        }
    }

    /// <summary>When the newest backup that can be read was made; null also where the disk is away: that never ends the hub.</summary>
    private static DateTimeOffset? Newest(string folder, string? but = null)
    {
        try
        {
            return Backups(folder).Where(backup => backup != but).Reverse().Select(Made).FirstOrDefault(made => made is not null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing that could be restored is in reach: the backup is overdue.
            return null;
        }
    }

    private static DateTimeOffset? Made(string backup)
    {
        try
        {
            return BackupManifest.Read(backup).Made;
        }
        catch (StartException)
        {
            // It is not whole, so an older one is the newest.
            return null;
        }
    }

    /// <summary>What a backup left that was killed long ago; a younger one may still be under way.</summary>
    private IEnumerable<string> Abandoned(string folder) =>
        Directory.EnumerateDirectories(folder, MakeBackup.Prefix + "*" + MakeBackup.Partial)
            .Concat(Directory.EnumerateDirectories(options.Data, MakeBackup.Prefix + "*" + MakeBackup.Plain))
            .Where(path => clock.GetUtcNow() - Directory.GetLastWriteTimeUtc(path) > Overdue);

    private static IEnumerable<string> Backups(string folder) =>
        Directory.EnumerateDirectories(folder, MakeBackup.Prefix + "*").Where(backup => File.Exists(Path.Combine(backup, BackupManifest.Name))).Order(StringComparer.Ordinal);
}

/// <summary>How the backups are.</summary>
/// <param name="Newest">When the newest good one was made, or null.</param>
/// <param name="Fault">Why the last try failed, or null.</param>
internal sealed record BackupState(DateTimeOffset? Newest, string? Fault);
