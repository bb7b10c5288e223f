using Reception.Hub;
using Reception.Hub.Backup;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Record;
using Reception.Hub.Security;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Backups;

/// <summary>What the hub does by itself at night, and after the start where its machine was off at night.</summary>
public sealed class NightsTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _disk = Directory.CreateTempSubdirectory("backups-").FullName;
    private StartedWriter _hall = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private HubOptions Options => new()
    {
        Data = _hall.Folder,
        Http = "http://127.0.0.1:8080",
        Backup = new BackupOptions { Folder = _disk, Keep = 2 },
    };

    private IReadOnlyList<string> Backups => [.. Directory.GetDirectories(_disk).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        _hall = await StartedWriter.StartAsync();
        HighWaterMark.Of(_hall.Board.Current, JournalKey.Of(_hall.Folder)).Write(_hall.Folder);
    }

    public ValueTask DisposeAsync()
    {
        _hall.Dispose();
        Directory.Delete(_disk, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_hall_without_a_backup_of_last_night_makes_one_after_its_start_and_the_newest_stay()
    {
        var log = new Told<NightlyBackup>();
        using (var backup = new NightlyBackup(Options, _hall.Board, _hall.Clock, log))
        {
            await backup.StartAsync(Stop);
            await _hall.Clock.WaitAsync(Minute, Minute);
            Assert.True(backup.IsOverdue);
            _hall.Clock.Advance(Minute);
            Assert.Contains("is made and proven", await log.NextAsync(), StringComparison.Ordinal);
            await backup.StopAsync(Stop);
            Assert.False(backup.IsOverdue);
        }

        var first = Assert.Single(Backups);
        // Two that were killed three days ago.
        var plain = Directory.CreateDirectory(Path.Combine(_hall.Folder, "reception-2026-01-01T000000Z.new")).FullName;
        var abandoned = Directory.CreateDirectory(Path.Combine(_disk, "reception-2026-01-01T000000Z.partial")).FullName;
        Array.ForEach([plain, abandoned], path => Directory.SetLastWriteTimeUtc(path, (_hall.Clock.GetUtcNow() - TimeSpan.FromDays(3)).UtcDateTime));
        // On the next two days the machine is on from eight to five alone.
        for (var day = 0; day < 2; day++)
        {
            _hall.Clock.Advance(TimeSpan.FromHours(24));
            using var backup = new NightlyBackup(Options, _hall.Board, _hall.Clock, log);
            await backup.StartAsync(Stop);
            await _hall.Clock.PassAsync(Minute, Minute);
            Assert.Contains("is made and proven", await log.NextAsync(), StringComparison.Ordinal);
            await backup.StopAsync(Stop);
            Assert.Equal(2, Backups.Count);
        }

        Assert.DoesNotContain(first, Backups);
        Assert.False(Directory.Exists(plain));
        Assert.False(log.HasMore);
    }

    [Fact]
    public async Task A_backup_that_is_not_whole_and_a_disk_that_is_away_never_end_the_hub()
    {
        var broken = Directory.CreateDirectory(Path.Combine(_disk, "reception-2026-01-01T000000Z")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, BackupManifest.Name), "{", Stop);
        var log = new Told<NightlyBackup>();
        using var backup = new NightlyBackup(Options, _hall.Board, _hall.Clock, log);
        await backup.StartAsync(Stop);
        await _hall.Clock.WaitAsync(Minute, Minute);
        Assert.Null(backup.State!.Newest);

        Directory.Delete(_disk, recursive: true);
        await File.WriteAllTextAsync(_disk, "no folder", Stop);
        _hall.Clock.Advance(Minute);
        Assert.StartsWith("No backup was made", await log.NextAsync(), StringComparison.Ordinal);
        await backup.StopAsync(Stop);
        Assert.False(backup.ExecuteTask!.IsFaulted);
        Assert.NotNull(backup.State.Fault);
        Assert.True(backup.IsOverdue);

        File.Delete(_disk);
        Directory.CreateDirectory(_disk);
    }

    [Fact]
    public async Task All_of_the_record_is_verified_a_week_after_the_last_time_where_no_night_is_run_through()
    {
        var log = new Told<VerifyRecord>();
        var status = new RecordStatus();
        using var notes = new SecurityNotes(_hall.Writer, _hall.Clock);
        for (var day = 0; day < 8; day++)
        {
            using var verify = new VerifyRecord(Options, _hall.Board, status, notes, _hall.Clock, log);
            await verify.StartAsync(Stop);
            await _hall.Clock.PassAsync(Minute, Minute);
            Assert.EndsWith("0 findings", await log.NextAsync(), StringComparison.Ordinal);
            await _hall.Clock.PassAsync(Minute, Minute);
            if (day is 0 or 7)
            {
                Assert.EndsWith("0 findings", await log.NextAsync(), StringComparison.Ordinal);
                await verify.StopAsync(Stop);
                Assert.Null(status.Newest!.Days);
            }

            await verify.StopAsync(Stop);
            _hall.Clock.Advance(TimeSpan.FromHours(24));
        }

        Assert.False(log.HasMore);
    }

    [Fact]
    public async Task A_backup_disk_that_is_away_keeps_no_hall_closed_and_is_told_at_the_start()
    {
        var away = new BackupOptions { Folder = Path.Combine(_disk, "away") };
        Assert.Null(away.Fault(_hall.Folder));
        var log = new Told<NightlyBackup>();
        using var backup = new NightlyBackup(Options with { Backup = away }, _hall.Board, _hall.Clock, log);
        await backup.StartAsync(Stop);
        await _hall.Clock.WaitAsync(Minute, Minute);

        Assert.Contains("is not there", await log.NextAsync(), StringComparison.Ordinal);
        Assert.True(backup.IsOverdue);
        _hall.Clock.Advance(Minute);
        Assert.StartsWith("No backup was made", await log.NextAsync(), StringComparison.Ordinal);
        await backup.StopAsync(Stop);
        Assert.False(Directory.Exists(away.Folder));
    }

    [Fact]
    public void A_folder_in_the_data_folder_takes_no_backup()
    {
        var inside = Directory.CreateDirectory(Path.Combine(_hall.Folder, "backups")).FullName;
        Assert.Contains("is in the data folder", new BackupOptions { Folder = inside }.Fault(_hall.Folder), StringComparison.Ordinal);
        Assert.Contains("is in the data folder", new BackupOptions { Folder = _hall.Folder }.Fault(_hall.Folder), StringComparison.Ordinal);
        Assert.Null(new BackupOptions { Folder = _disk }.Fault(_hall.Folder));
        Assert.Contains(
            "is in the data folder",
            Assert.Throws<StartException>(() => MakeBackup.Run(_hall.Folder, inside, _hall.Clock.GetUtcNow())).Message,
            StringComparison.Ordinal);
    }

    /// <summary>What is logged, line by line, to be waited for.</summary>
}
