using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Rater;

namespace Reception.Hall.Tests;

/// <summary>An old backup is restored while the devices hold what happened after it.</summary>
[Collection(Alone.Name)]
public sealed class RestoreTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("reception-backups-").FullName;

    public void Dispose() => Directory.Delete(_disk, recursive: true);

    [Fact]
    public async Task What_devices_hold_arrives_once_and_no_number_that_is_on_paper_is_given_again()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(2));
        var (first, second) = (hall.NextPlace(), hall.NextPlace());
        await using var kiosk = KioskProcess.Make(hall);
        await kiosk.PlayAsync("""{"takesMilliseconds":2000}""");
        await kiosk.StartAgainAsync(shows: "data-go=\"/services/S01\"");
        await using var rater = await RaterProcess.StartAsync(hall);
        await using var agent = AgentProcess.Make(second);
        using var box = new BoxStandIn(agent.Port(), "HELLO,1,R1,1.0.0,9,1,P");
        agent.Start();
        await ServeAsync(first);
        await ServeAsync(second);
        await Eventually.TrueAsync(async () => (await rater.ScreenAsync()).Contains("screen faces", StringComparison.Ordinal), () => rater.Said);
        var made = await Typed.HubAsync("backup", _disk, "--data", hall.Folder);
        Assert.True(made.Code == 0, made.Said);

        // After the backup: a number whose paper is on its way, and two presses, with the hub dead at once.
        var screen = await kiosk.TouchAsync(first.Service);
        await Eventually.TrueAsync(
            async () => (await kiosk.PageAsync(screen)).Contains($">{first.Number(2)}<", StringComparison.Ordinal), () => kiosk.Said);
        await hall.KillHubAsync();
        Assert.Contains("screen thanks", await rater.PostAsync("/press?level=5"), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => { box.Say("PRESS,8,4,0"); return box.Count("ACK,8") > 0; }, () => agent.Said);
        await RestoreAsync(hall);

        await Eventually.TrueAsync(
            () => Waiting(kiosk.Database) + Waiting(rater.Database) + Waiting(agent.Database) == 0, () => kiosk.Said, TimeSpan.FromSeconds(60));
        Assert.Equal(
            "desk-2 4 o02 1, rater-1 5 o01 1",
            hall.Query<string>("""
                SELECT group_concat(device || ' ' || level || ' ' || officer || ' ' || attributed, ', ') FROM (SELECT * FROM rating ORDER BY device)
                """));
        var next = (await first.TakeNumberAsync()).GetProperty("number").GetString()!;
        Assert.True(string.CompareOrdinal(next, first.Number(2)) > 0, $"{next} was given again");
        var (code, said) = await Typed.HubAsync("verify", "--data", hall.Folder);
        Assert.True(code == 0, said);
        hall.DemandNoErrors();
    }

    private static async Task ServeAsync(Place place)
    {
        var officer = await place.SignInAsync();
        await place.TakeNumberAsync();
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        (await officer.AtAsync(place.Counter, "start")).Ok();
    }

    private async Task RestoreAsync(RunningHall hall)
    {
        var settings = await File.ReadAllTextAsync(hall.Configuration, TestContext.Current.CancellationToken);
        var (code, said) = await Typed.HubAsync("restore", Assert.Single(Directory.GetDirectories(_disk)), "--data", hall.Folder);
        Assert.True(code == 0, said);
        await File.WriteAllTextAsync(hall.Configuration, settings, TestContext.Current.CancellationToken);
        await hall.StartHubAsync();
    }

    private static long Waiting(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>("SELECT (SELECT count(*) FROM fact) + (SELECT count(*) FROM ticket_order)");
    }
}
