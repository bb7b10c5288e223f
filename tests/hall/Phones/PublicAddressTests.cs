using System.Diagnostics;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Reception.Hall.Tests.Dashboard;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Printing;
using Reception.Hub.Commands;
using Reception.Slips;

namespace Reception.Hall.Tests.Phones;

/// <summary>A code is there to be read by a phone: where a phone could not reach the hub, nothing asks anybody to scan.</summary>
public sealed class PublicAddressTests(Chromium chromium)
{
    private const string Address = "http://192.0.2.10:8080";

    [Fact]
    public async Task With_a_public_address_every_code_holds_an_absolute_address()
    {
        await using var hub = await StartAsync(Address);
        using var printer = new TestPrinter();
        await using var kiosk = await KioskProcess.StartAsync(hub, address: printer.Address, profile: "epson-tm-t82");
        var link = await LinkAsync(hub, await TakeAsync(kiosk, printer));

        Assert.Equal(Address + link, QrReader.Read(PngPicture.Read(printer.Slips.Single())));
        await Eventually.TrueAsync(() => ShowsAsync(kiosk, "/", "class=\"join\""), () => kiosk.Said, TimeSpan.FromSeconds(60));
        var page = await chromium.OpenAsync(1080, 1920);
        await page.GotoAsync(kiosk.Address);
        Assert.StartsWith(Address + "/join?code=", await QrReader.ReadAsync(page), StringComparison.Ordinal);
        var poster = await PosterAsync(hub);
        Assert.Equal(Address + "/join", await QrReader.ReadAsync(poster));
        printer.Do("paper out");
        await page.GotoAsync(kiosk.Address + await kiosk.TouchAsync(lane: "priority"));
        await page.WaitForSelectorAsync(".take .qr");
        Assert.Equal(Address + await LinkAsync(hub, "A002"), await QrReader.ReadAsync(page));
        Assert.Contains($"\"public-address\",\"ok\":true,\"detail\":\"{Address}\"", await ReadyAsync(hub), StringComparison.Ordinal);
        await page.Context.CloseAsync();
        await poster.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_one_no_paper_and_no_screen_has_a_code_or_asks_to_scan()
    {
        await using var hub = await StartAsync(null);
        using var printer = new TestPrinter();
        await using var kiosk = await KioskProcess.StartAsync(hub, address: printer.Address, profile: "epson-tm-t82");
        var page = await chromium.OpenAsync(1080, 1920);
        await TakeAsync(kiosk, printer);
        Assert.Null(QrReader.Read(PngPicture.Read(printer.Slips.Single())));

        printer.Do("paper out");
        // On another lane: a touch on the same one within 3 s would be the same touch.
        var shown = await kiosk.TouchAsync(lane: "priority");
        await Eventually.TrueAsync(() => ShowsAsync(kiosk, shown, "A002"), () => kiosk.Said);
        await Eventually.TrueAsync(() => ShowsAsync(kiosk, "/", "class=\"notice trouble\""), () => kiosk.Said);
        var cookie = await hub.SignInAsync("ld01", null);
        foreach (var (address, session) in new[]
        {
            (kiosk.Address + shown, null), (kiosk.Address + "/", null), (hub.Address + "/display", null), (hub.Address + "/join", null),
            (hub.Address + "/join/poster", cookie), (hub.Address + await LinkAsync(hub, "A002"), null),
        })
        {
            await SignInAsync(page, hub, session);
            await page.GotoAsync(address);
            Assert.True(await page.Locator("svg.qr").CountAsync() == 0, address);
            Assert.DoesNotMatch("(?i)quét|scan", await page.InnerTextAsync("body"));
            Assert.Null(await QrReader.ReadAsync(page));
        }

        var ready = await ReadyAsync(hub);
        Assert.Contains("\"public-address\",\"ok\":true,\"detail\":\"not set", ready, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Setup_proposes_this_machines_address_and_takes_another_one()
    {
        var folder = Directory.CreateTempSubdirectory("reception-setup-").FullName;
        try
        {
            var plan = Path.Combine(folder, "hall.json");
            await File.WriteAllTextAsync(plan, HallPlan.Json(1), TestContext.Current.CancellationToken);
            string Data(string name) => Path.Combine(folder, name);
            string[] Setup(string name, params string[] more) => ["setup", "--data", Data(name), "--hall", plan, "--mqtt-port", "1", .. more];
            string? Configured(string name) => (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(Data(name), "hub.json")))!["publicAddress"];
            var own = LocalAddress.Guess("http://0.0.0.0:8099");
            Assert.True(own is null || own.EndsWith(":8099", StringComparison.Ordinal), own);

            // No terminal: nothing is asked, nothing set, and one line says what could be.
            var (code, said) = await Spawned.RunAsync("hub", Setup("script", "--http", "http://0.0.0.0:8099"));
            Assert.Equal(0, code);
            Assert.Null(Configured("script"));
            Assert.Contains("No public address is set: slips and screens carry no code for phones", said, StringComparison.Ordinal);
            Assert.Contains($"\"publicAddress\": \"{own ?? Address}\"", said, StringComparison.Ordinal);

            Assert.Equal(0, (await Typed.HubAsync(Setup("given", "--public-address", Address))).Code);
            Assert.Equal(Address, Configured("given"));

            var (refused, why) = await Typed.HubAsync(Setup("wrong", "--public-address", "192.0.2.10"));
            Assert.NotEqual(0, refused);
            Assert.Contains("--public-address: '192.0.2.10' is not an address", Assert.Single(why.Split('\n')), StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder, "wrong")));

            // At a terminal Enter takes the proposal; what is not an address is asked for again.
            var asked = await AtTerminalAsync("\n", Setup("enter", "--http", "http://0.0.0.0:8099"));
            Assert.Contains($"Enter for {own ?? "none"}:", asked, StringComparison.Ordinal);
            Assert.Equal(own, Configured("enter"));
            asked = await AtTerminalAsync($"phone\n{Address}\n", Setup("typed"));
            Assert.Contains("'phone' is not an address", asked, StringComparison.Ordinal);
            Assert.Equal(Address, Configured("typed"));
            await AtTerminalAsync("none\n", Setup("none"));
            Assert.Null(Configured("none"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the hub at a terminal on which somebody types.</summary>
    private static async Task<string> AtTerminalAsync(string typed, string[] arguments)
    {
        using var terminal = Spawned.Converse("script", "-qec", string.Join(' ', [Spawned.PathOf("hub"), .. arguments]), "/dev/null");
        await terminal.TellAsync(typed);
        await terminal.EndedAsync();
        Assert.True(terminal.ExitCode == 0, terminal.All);
        return terminal.All;
    }

    private static async Task<RunningHall> StartAsync(string? publicAddress)
    {
        var hub = await RunningHall.StartAsync();
        await hub.KillHubAsync();
        var file = hub.Configuration;
        var options = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        options["publicAddress"] = publicAddress;
        await File.WriteAllTextAsync(file, options.ToJsonString());
        await hub.StartHubAsync();
        return hub;
    }

    /// <summary>Takes a number at the kiosk; returns once the slip is cut.</summary>
    private static async Task<string> TakeAsync(KioskProcess kiosk, TestPrinter printer)
    {
        await kiosk.TouchAsync();
        await Eventually.TrueAsync(() => printer.Slips.Count == 1, () => kiosk.Said);
        return "A001";
    }

    private static async Task<string> LinkAsync(RunningHall hub, string number)
    {
        await using var journal = new SqliteConnection($"Data Source={Path.Combine(hub.Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        return $"/t/{await journal.ExecuteScalarAsync<string>("SELECT link FROM ticket WHERE number = @number", new { number })}";
    }

    private static async Task<bool> ShowsAsync(KioskProcess kiosk, string path, string text) =>
        (await kiosk.PageAsync(path)).Contains(text, StringComparison.Ordinal);

    private static async Task SignInAsync(IPage page, RunningHall hub, string? cookie)
    {
        if (cookie?.Split('=', 2) is [var name, var value])
        {
            await page.Context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = hub.Address }]);
        }
    }

    private async Task<IPage> PosterAsync(RunningHall hub)
    {
        var page = await chromium.OpenAsync(1366, 1600);
        await SignInAsync(page, hub, await hub.SignInAsync("ld01", null));
        await page.GotoAsync(hub.Address + "/join/poster");
        return page;
    }

    private static async Task<string> ReadyAsync(RunningHall hub)
    {
        var (status, body, _) = await hub.AskAsync("/readyz");
        Assert.Equal(200, (int)status);
        return body;
    }
}
