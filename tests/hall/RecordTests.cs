using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

/// <summary>The tools' way to a running hub, and a whole hall that is restored from its backup.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("reception-backups-").FullName;

    public void Dispose() => Directory.Delete(_disk, recursive: true);

    [Fact]
    public async Task The_way_in_for_tools_is_its_owners_alone_and_no_page_of_the_network()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hall.Folder, "hub.sock")));
        Assert.Equal(404, (await hall.Anyone.PostAsync("/tools", new { })).Status);
        Assert.Equal(404, (await hall.Client("kiosk-1").PostAsync("/tools", new { })).Status);

        var (code, said) = await Spawned.RunAsync("hub", "officer", "pin", HallPlan.Officer(1), "--data", hall.Folder);
        Assert.True(code == 0, said);
        Assert.Equal("401 wrong-pin", (await hall.Anyone.SignInAsync(HallPlan.Officer(1), 1)).Brief);
        Assert.Equal(0, (await Spawned.RunAsync("hub", "verify", "--data", hall.Folder)).Code);
        hall.DemandNoErrors();
    }

    [Fact]
    public async Task A_hall_restored_from_its_backup_says_what_is_lost_and_gives_no_number_twice()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        await place.TakeNumberAsync();
        var made = await Spawned.RunAsync("hub", "backup", _disk, "--data", hall.Folder);
        Assert.True(made.Code == 0, made.Said);
        var backup = Assert.Single(Directory.GetDirectories(_disk));
        Assert.Equal(0, (await Spawned.RunAsync("hub", "restore", backup, "--data", hall.Folder, "--check")).Code);
        for (var number = 2; number <= 5; number++)
        {
            await place.TakeNumberAsync();
        }

        var refused = await Spawned.RunAsync("hub", "restore", backup, "--data", hall.Folder);
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("Stop it first", Assert.Single(refused.Said.Split('\n')), StringComparison.Ordinal);

        // The mark follows each batch within a second; a hub that is told to end writes the last one.
        await hall.StopHubAsync();
        var settings = await File.ReadAllTextAsync(hall.Configuration, TestContext.Current.CancellationToken);
        var restored = await Spawned.RunAsync("hub", "restore", backup, "--data", hall.Folder);
        Assert.True(restored.Code == 0, restored.Said);
        Assert.Contains("so 4 are lost", restored.Said, StringComparison.Ordinal);
        await File.WriteAllTextAsync(hall.Configuration, settings, TestContext.Current.CancellationToken);

        await hall.StartHubAsync();
        Assert.Equal(place.Number(6), (await place.TakeNumberAsync()).GetProperty("number").GetString());
        Assert.Equal(0, (await Spawned.RunAsync("hub", "verify", "--data", hall.Folder)).Code);
        hall.DemandNoErrors();
    }
}
