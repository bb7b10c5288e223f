using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Sweep;

/// <summary>A backup of a running hall that is killed at each of its syncs.</summary>
[Collection(Alone.Name)]
public sealed class BackupSweepTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("reception-backups-").FullName;

    public void Dispose() => Directory.Delete(_disk, recursive: true);

    [Fact]
    public async Task A_backup_that_is_killed_at_any_sync_is_no_backup_and_the_next_one_is_whole()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        await hall.NextPlace().TakeNumberAsync();
        await SyncSweep.RunAsync(usual: 6, async sync =>
        {
            using var doomed = Spawned.Program("hub", await Doom.AtAsync(sync), "backup", _disk, "--data", hall.Folder);
            await doomed.EndedAsync();
            await DemandWholeAsync();
            return doomed.WasKilled;
        });

        await DemandBackupAsync(hall);
        hall.DemandNoErrors();
    }

    /// <summary>What has the name of a backup is one.</summary>
    private async Task DemandWholeAsync()
    {
        foreach (var backup in Directory.GetDirectories(_disk).Where(folder => !folder.EndsWith(".partial", StringComparison.Ordinal)))
        {
            var (code, said) = await Typed.HubAsync("restore", backup, "--data", "nowhere", "--check");
            Assert.True(code == 0, said);
        }
    }

    private async Task DemandBackupAsync(RunningHall hall)
    {
        var before = Directory.GetDirectories(_disk).Length;
        var said = "";
        await Eventually.TrueAsync(
            async () =>
            {
                (var code, said) = await Typed.HubAsync("backup", _disk, "--data", hall.Folder);
                return code == 0;
            },
            () => said);
        Assert.Equal(before + 1, Directory.GetDirectories(_disk).Length);
        await DemandWholeAsync();
    }
}
