using System.Diagnostics;
using System.Text.Json;
using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Parts;

namespace Reception.Platform.Tests;

/// <summary>The way of a ticket until the officer's row, by the programs as they are shipped.</summary>
public sealed class WholeWayTests
{
    [Fact]
    public async Task On_Windows() => await GoAsync(new WindowsPc());

    [Fact]
    public async Task On_an_ARM_board() => await GoAsync(new ArmBoard());

    private static async Task GoAsync(Machine machine)
    {
        var began = Stopwatch.GetTimestamp();
        await using var hall = new WardHall(machine);
        await machine.StartAsync();
        await hall.SetUpAsync();
        Note("the hub is ready");

        var paper = Directory.CreateDirectory(Path.Combine(machine.Folder, "paper")).FullName;
        var boxPort = Path.Combine(machine.Folder, "box");
        using var box = new BenchBox(boxPort, "BOX0");
        await hall.StartDeviceAsync("kiosk", "kiosk-1", new { http = hall.Kiosk, printer = await machine.AddPrinterAsync(paper) });
        await hall.StartDeviceAsync("rating-device", "rater-1", new { counter = 1, http = hall.Rater });
        var port = machine.AddPort(boxPort);
        await hall.StartDeviceAsync("counter-agent", "desk-2", new { counter = 2, serial = new[] { new { role = "rater", path = port } } });
        await hall.ShowsAsync(hall.Kiosk, "/", "data-go=\"/services/S01\"");
        await hall.ShowsAsync(hall.Rater, "/screen", "Quầy 1");
        Note("the devices are there");

        var first = await hall.SignInAsync(HallPlan.Officer(1), 1);
        var second = await hall.SignInAsync(HallPlan.Officer(2), 2);
        var leader = await hall.SignInAsync(HallPlan.Leader);
        await using var test = await hall.ConnectAsync("kiosk-2");

        // By the kiosk's screen, over MQTT, over HTTP.
        await hall.TouchAsync(hall.Kiosk, "/tickets", new { service = "S01", lane = "normal", language = "vi" });
        await Eventually.TrueAsync(() => Directory.GetFiles(paper, "*.bin") is [var slip] && new FileInfo(slip).Length > 5000, () => machine.Said, WardHall.Patience);
        Assert.Equal("B001", (await test.TakeNumberAsync("S02")).GetProperty("number").GetString());
        Assert.Equal("A002", (await hall.Client("kiosk-2").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201).GetProperty("number").GetString());
        Note("three numbers are out");

        Assert.Equal("A001", await ServeAsync(first, 1, isOnPaper: true));
        await hall.ShowsAsync(hall.Rater, "/screen", "class=\"faces\"");
        await hall.TouchAsync(hall.Rater, "/press?level=5");
        await RatedAsync(1, 1, 5);
        Assert.Equal("B001", await ServeAsync(second, 2));
        await PressAsync(2);
        await RatedAsync(2, 1, 2);
        Note("both are rated");

        // The hub dies with a press under way, and a number waiting.
        Assert.Equal("A002", await ServeAsync(first, 1));
        (await hall.Client("kiosk-2").PostAsync("/api/v1/tickets", new { service = "S02", lane = "normal" })).Ok(201);
        Assert.Equal("B002", await ServeAsync(second, 2));
        await hall.ShowsAsync(hall.Rater, "/screen", "class=\"faces\"");
        await hall.KillHubAsync();
        await PressAsync(4);
        await hall.TouchAsync(hall.Rater, "/press?level=1");
        await hall.StartHubAsync();
        await RatedAsync(1, 2, 1);
        await RatedAsync(2, 2, 4);
        Assert.Equal("A003", (await hall.Client("kiosk-2").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201).GetProperty("number").GetString());
        Note("nothing is lost");

        await box.UnplugAsync();
        await Eventually.TrueAsync(() => machine.Said.Contains($"The port {port} is gone: ", StringComparison.Ordinal), () => machine.Said, WardHall.Patience);

        async Task<string?> ServeAsync(ApiClient officer, int counter, bool isOnPaper = false)
        {
            var called = (await officer.AtAsync(counter, "call-next")).Ok();
            (await officer.AtAsync(counter, "start")).Ok();
            (await officer.AtAsync(counter, "finish")).Ok();
            var ticket = called.GetProperty("ticket");
            if (isOnPaper)
            {
                var id = ticket.GetProperty("id").GetString();
                await Eventually.TrueAsync(
                    async () => (await officer.GetAsync($"/api/v1/tickets/{id}")).Ok().GetProperty("printed").GetString() == "printed",
                    () => ticket + machine.Said,
                    WardHall.Patience);
            }

            return ticket.GetProperty("number").GetString();
        }

        async Task PressAsync(int level)
        {
            Assert.Equal("ok", await box.DoAsync($"press {level}"));
            await box.DoAsync("wait 1700ms");
        }

        async Task RatedAsync(int counter, int count, int newest)
        {
            JsonElement row = default;
            await Eventually.TrueAsync(
                async () =>
                {
                    var day = (await hall.Client().GetAsync("/api/v1/hall")).Ok().GetProperty("day").GetString();
                    row = (await leader.GetAsync($"/api/v1/statistics/officers?from={day}&to={day}")).Ok().GetProperty("officers").EnumerateArray()
                        .Single(one => one.GetProperty("officer").GetProperty("code").GetString() == HallPlan.Officer(counter));
                    return row.GetProperty("rated").GetInt32() == count;
                },
                () => row + machine.Said,
                WardHall.Patience);
            var today = (await hall.Client().GetAsync("/api/v1/hall")).Ok().GetProperty("day").GetString();
            var ratings = (await leader.GetAsync($"/api/v1/ratings?from={today}&to={today}&officer={HallPlan.Officer(counter)}")).Ok().GetProperty("ratings");
            Assert.Equal(newest, ratings[0].GetProperty("level").GetInt32());
            Assert.All(ratings.EnumerateArray(), rating => Assert.True(rating.GetProperty("attributed").GetBoolean()));
        }

        void Note(string what) => TestContext.Current.TestOutputHelper!.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {what}");
    }
}
