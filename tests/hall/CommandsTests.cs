using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

/// <summary>What the technician types.</summary>
public sealed partial class CommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-commands-").FullName;

    private string Plan
    {
        get
        {
            var path = Path.Combine(_folder, "hall.json");
            File.WriteAllText(path, HallPlan.Json(2));
            return path;
        }
    }

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_demonstration_is_made_twice_and_its_devices_and_secrets_stay()
    {
        Assert.Equal(0, (await Typed.HubAsync("demo", "--data", Data, "--hall", Plan)).Code);
        var devices = await File.ReadAllTextAsync(Path.Combine(Data, "devices.tsv"), TestContext.Current.CancellationToken);
        Assert.Equal(
            ["kiosk-1 kiosk -", "rater-1 rater 1", "desk-1 counter-agent 1", "rater-2 rater 2", "desk-2 counter-agent 2",
                .. Enumerable.Range(1, 8).Select(number => $"bench-{number} kiosk -")],
            devices.TrimEnd().Split('\n').Select(line => string.Join(' ', line.Split('\t')[..3])));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "devices.tsv")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Data, "secrets", "kiosk-1.secret")));

        Assert.Equal(0, (await Typed.HubAsync("demo", "--data", Data, "--hall", Plan)).Code);
        Assert.Equal(devices, await File.ReadAllTextAsync(Path.Combine(Data, "devices.tsv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task With_demonstration_accounts_the_hub_listens_on_loopback_alone()
    {
        await Typed.HubAsync("demo", "--data", Data, "--hall", Plan);
        var port = FreePort.Next();
        foreach (var http in new[] { $"http://0.0.0.0:{port}", $"http://*:{port}", $"http://192.0.2.1:{port}", $"http://127.0.0.1:{port};http://[::]:{port}" })
        {
            var (code, said) = await ServeAsync(http);
            Assert.NotEqual(0, code);
            Assert.Single(said.Split('\n'));
            Assert.Contains("http", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        await Typed.HubAsync("demo", "--data", Data, "--hall", Plan);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said) = await ServeAsync($"http://{taken.LocalEndpoint}");
        Assert.NotEqual(0, code);
        Assert.Contains("choose another port", Assert.Single(said.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hall_whose_devices_are_all_on_one_machine_has_no_TLS()
    {
        Assert.Equal(0, (await Typed.HubAsync("setup", "--data", Data, "--hall", Plan, "--mqtt-tls-port", "0")).Code);
        Assert.False(Directory.Exists(Path.Combine(Data, "tls")));
        var mqtt = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Data, "hub.json"), TestContext.Current.CancellationToken)).RootElement.GetProperty("mqtt");
        Assert.Equal(JsonValueKind.Null, mqtt.GetProperty("tls").ValueKind);
    }

    [Fact]
    public async Task A_real_hall_is_set_up_with_one_administrator_whose_PIN_is_shown_once()
    {
        var (code, said) = await Typed.HubAsync("setup", "--data", Data, "--hall", Plan, "--mqtt-port", FreePort.Next().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(0, code);
        var pin = Pin().Match(said).Value;
        Assert.Equal(6, pin.Length);
        Assert.DoesNotMatch(Pin(), (await Typed.HubAsync("setup", "--data", Data, "--hall", Plan)).Said);

        var given = await Typed.HubAsync("officer", "pin", "o01", "--data", Data);
        Assert.Equal(0, given.Code);
        Assert.NotEqual(0, (await Typed.HubAsync("officer", "pin", "nobody", "--data", Data)).Code);
        Assert.NotEqual(0, (await Typed.HubAsync("demo", "--data", Data, "--hall", Plan)).Code);

        var port = FreePort.Next();
        using var hub = Spawned.Program("hub", "serve", "--config", await ConfigureAsync($"http://127.0.0.1:{port}"));
        using var client = new ApiClient(port);
        await Eventually.TrueAsync(() => hub.HasEnded || IsUp(port), () => hub.All);
        Assert.Equal(204, (await client.SignInAsync(HallPlan.Administrator, null, pin)).Status);
        Assert.Equal("401 wrong-pin", (await client.SignInAsync(HallPlan.Administrator, null)).Brief);
        Assert.Equal(204, (await client.SignInAsync("o01", 1, Pin().Match(given.Said).Value)).Status);
        await hub.KillAsync();
    }

    [Fact]
    public async Task A_device_is_added_while_the_hall_runs_and_thrown_out_when_it_is_revoked_and_a_second_hub_is_refused()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var (code, said) = await Spawned.RunAsync("hub", "serve", "--config", hall.Configuration);
        Assert.NotEqual(0, code);
        Assert.Single(said.Split('\n'));

        var added = await Spawned.RunAsync("hub", "device", "add", "kiosk-7", "kiosk", "-", "--data", hall.Folder);
        Assert.Equal(0, added.Code);
        hall.Learn("kiosk-7", added.Said.Split('\n').Single(line => Secret().IsMatch(line)));
        await using var kiosk = await hall.ConnectAsync("kiosk-7");
        await Eventually.TrueAsync(
            async () => (await hall.Client("kiosk-7").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Status == 201, () => "the hub does not know it");
        Assert.Equal("A002", (await kiosk.TakeNumberAsync("S01")).GetProperty("number").GetString());

        Assert.Equal(0, (await Spawned.RunAsync("hub", "device", "revoke", "kiosk-7", "--data", hall.Folder)).Code);
        await Eventually.TrueAsync(() => !kiosk.IsConnected, () => "still connected");
        await Eventually.TrueAsync(
            async () => (await hall.Client("kiosk-7").PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Brief == "401 unknown-device", () => "still known");
        hall.DemandNoErrors();
    }

    [Fact]
    public async Task A_hall_file_that_contradicts_itself_or_strands_a_waiting_number_is_refused_with_the_reason()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(2));
        await hall.Client("kiosk-1").PostAsync("/api/v1/tickets", new { service = "S02", lane = "normal" });
        (string From, string To, string Named)[] wrong =
        [
            ("\"prefix\":\"B\"", "\"prefix\":\"A\"", "the prefix A stands twice"),
            ("\"services\":[\"S02\"]", "\"services\":[]", "counters.2: it serves nothing"),
            ("S02", "S09", "services.S02: 1 numbers of it are not finished"),
            ("L\\u0129nh v\\u1EF1c 2", "Tên khác", "services.S02: 1 numbers of it are not finished"),
        ];
        foreach (var (from, to, named) in wrong)
        {
            var path = Path.Combine(_folder, "changed.json");
            var changed = HallPlan.Json(2).Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(HallPlan.Json(2), changed);
            await File.WriteAllTextAsync(path, changed, TestContext.Current.CancellationToken);
            var (code, said) = await Typed.HubAsync("demo", "--data", hall.Folder, "--hall", path);
            Assert.NotEqual(0, code);
            Assert.Contains(named, Assert.Single(said.Split('\n')), StringComparison.Ordinal);
        }

        hall.DemandNoErrors();
    }

    [Fact]
    public async Task The_clock_is_an_administrators_to_confirm_and_only_after_a_jump()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        using var client = new ApiClient(hall.HttpPort);
        Assert.Equal("401 not-signed-in", (await client.PostAsync("/api/v1/clock/confirm", new { })).Brief);
        await client.SignInAsync(HallPlan.Leader, null);
        Assert.Equal("403 not-allowed", (await client.PostAsync("/api/v1/clock/confirm", new { })).Brief);
        await client.SignInAsync(HallPlan.Administrator, null);
        Assert.Equal("409 not-allowed-now", (await client.PostAsync("/api/v1/clock/confirm", new { })).Brief);
        Assert.Contains("\"name\":\"clock\",\"ok\":true,\"detail\":\"trusted\"", (await client.GetAsync("/readyz")).Text, StringComparison.Ordinal);
        hall.DemandNoErrors();
    }

    [Fact]
    public async Task What_is_wrong_is_one_plain_line_that_names_it()
    {
        await Typed.HubAsync("setup", "--data", Data, "--hall", Plan);
        (string Typed, string Named)[] wrong =
        [
            ("device add Kiosk-7 kiosk - --data .", "Kiosk-7"),
            ("device add kiosk-7 toaster - --data .", "toaster"),
            ("device add rater-7 rater 99 --data .", "99"),
            ("device revoke ghost-1 --data .", "ghost-1"),
            ("device add kiosk-7 kiosk - --data /nowhere", "/nowhere"),
            ("demo --data . --hall /nowhere.json", "/nowhere.json"),
            ("serve --config /nowhere.json", "/nowhere.json"),
        ];
        foreach (var (typed, named) in wrong)
        {
            var (code, said) = await Typed.HubAsync(typed.Split(' ').Select(word => word == "." ? Data : word));
            Assert.NotEqual(0, code);
            Assert.Single(said.Split('\n'));
            Assert.Contains(named, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_simulated_hall_says_the_same_twice_and_what_other_counters_would_change()
    {
        string[] typed = ["simulate", "--days", "20", "--hall", Plan, "--counter", "2=S01,S02", "--seed"];
        var (code, said) = await Typed.HubAsync([.. typed, "3"]);
        Assert.True(code == 0, said);
        Assert.Equal((0, said), await Typed.HubAsync([.. typed, "3"]));
        var (otherCode, other) = await Typed.HubAsync([.. typed, "4"]);
        Assert.Equal(0, otherCode);
        Assert.NotEqual(said, other);
        Assert.Contains("What if counter 2 serves S01, S02", said, StringComparison.Ordinal);
        Assert.Contains("mean now", said, StringComparison.Ordinal);

        await Typed.HubAsync("setup", "--data", Data, "--hall", Plan);
        Assert.Equal((0, said), await Typed.HubAsync("simulate", "--days", "20", "--seed", "3", "--data", Data, "--counter", "2=S01,S02"));

        var markov = await Typed.HubAsync("simulate", "--markov");
        Assert.Contains("phường Mỏ Chè", markov.Said, StringComparison.Ordinal);
        Assert.Contains("M/M/c", markov.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hall_that_is_never_open_is_not_simulated_for_ever()
    {
        var path = Path.Combine(_folder, "never.json");
        var hall = JsonNode.Parse(HallPlan.Json(1))!;
        hall["openingHours"] = JsonNode.Parse("""{"days":[],"periods":[{"from":"07:30","to":"11:30"}]}""");
        await File.WriteAllTextAsync(path, hall.ToJsonString(), TestContext.Current.CancellationToken);
        var (code, said) = await Typed.HubAsync("simulate", "--hall", path);
        Assert.NotEqual(0, code);
        Assert.Contains("openingHours", Assert.Single(said.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--days 0", "--days: '0' is no whole number from 1 to 10000.")]
    [InlineData("--seed one", "--seed: 'one' is no whole number")]
    [InlineData("--visitors 1e9", "--visitors: '1e9'")]
    [InlineData("--priority 101", "--priority: '101' is no number from 0 to 100.")]
    [InlineData("--from 05/01/2026", "--from: '05/01/2026' is no day")]
    [InlineData("--by-hour 7=8,25=3", "'25=3' does not begin with an hour of the clock")]
    [InlineData("--by-hour 3=8", "--by-hour: nobody would come")]
    [InlineData("--share HT=30,QQ=1", "'QQ=1' does not begin with a service that this hall has a counter for")]
    [InlineData("--share HT=x", "'HT=x' does not end with a number")]
    [InlineData("--share HT=0", "--share: nobody would come")]
    [InlineData("--counter 4", "'4' is no counter and its services")]
    [InlineData("--counter 4=HT,QQ", "'QQ' is no service of this hall; its codes are HT, CT, CU, DD, XH, KD.")]
    [InlineData("--counter 9=-", "9 is no counter of this hall")]
    [InlineData("--counter 3=-", "nobody would serve DD")]
    [InlineData("--hall /nowhere.json", "/nowhere.json")]
    [InlineData("--data /nowhere", "/nowhere")]
    [InlineData("--data . --hall .", "--hall: --data names a hall already")]
    public async Task What_a_simulation_cannot_take_is_one_plain_line(string typed, string told)
    {
        var (code, said) = await Typed.HubAsync(["simulate", .. typed.Split(' ')]);
        Assert.NotEqual(0, code);
        Assert.Contains(told, Assert.Single(said.Split('\n')), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> ServeAsync(string http) => await Typed.HubAsync("serve", "--config", await ConfigureAsync(http));

    private async Task<string> ConfigureAsync(string http)
    {
        var path = Path.Combine(_folder, "hub.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new
        {
            data = Data,
            http,
            mqtt = new { port = FreePort.Next() },
        }), TestContext.Current.CancellationToken);
        return path;
    }

    private static bool IsUp(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            // Nobody listens yet; the caller's deadline decides.
            return false;
        }
    }

    [GeneratedRegex(@"(?<=PIN )\d{6}")]
    private static partial Regex Pin();

    [GeneratedRegex("^[a-z2-9]{32}$")]
    private static partial Regex Secret();
}
