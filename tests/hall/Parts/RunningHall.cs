using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A whole hall on free ports: a data folder made by <c>hub demo</c>, and the real hub process. It can be killed
/// and started again on the same data.
/// </summary>
internal sealed class RunningHall : IAsyncDisposable
{
    private readonly bool ownsFolder;
    private readonly List<IDisposable> clients = [];
    private readonly ConcurrentQueue<Spawned> hubs = new();
    private readonly ConcurrentQueue<TestDevice> devices = new();
    private readonly List<string> expected = [];
    private Dictionary<string, string> secrets = [];
    private Spawned? hub;
    private int places;
    private int errorsTold;

    private RunningHall(string? folder)
    {
        ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("reception-hall-").FullName;
        (HttpPort, MqttPort) = (FreePort.Next(), FreePort.Next());
    }

    public string Folder { get; }

    public int HttpPort { get; }

    public int MqttPort { get; }

    /// <summary>Nobody in particular.</summary>
    public ApiClient Anyone { get; private set; } = null!;

    public int HubProcess => hub!.Id;

    private string Configuration => Path.Combine(Folder, "hub.json");

    /// <summary>Makes a hall and starts everything.</summary>
    public static async Task<RunningHall> StartAsync(string hallJson, string? folder = null)
    {
        var hall = new RunningHall(folder);
        await hall.MakeAsync(hallJson);
        await hall.StartHubAsync();
        hall.Anyone = hall.Client();
        return hall;
    }

    /// <summary>The next counter that no other test of this hall has used, with its service, officer and devices.</summary>
    public Place NextPlace()
    {
        var counter = Interlocked.Increment(ref places);
        Assert.True(secrets.ContainsKey($"rater-{counter}"), "Every place is taken: give this hall more counters.");
        return new Place(this, counter);
    }

    /// <summary>A caller without a name, or a device.</summary>
    public ApiClient Client(string? device = null)
    {
        var client = new ApiClient(HttpPort, device is null ? null : $"{device}:{secrets[device]}");
        lock (clients)
        {
            clients.Add(client);
        }

        return client;
    }

    /// <summary>Somebody who has just signed in.</summary>
    public async Task<ApiClient> SignedInAsync(string officer, int? counter = null, string pin = HallPlan.Pin)
    {
        var client = Client();
        (await client.SignInAsync(officer, counter, pin)).Ok(204);
        return client;
    }

    public string Secret(string device) => secrets[device];

    /// <summary>Reads devices.tsv again.</summary>
    public void Learn(string device, string secret) => secrets[device] = secret;

    /// <summary>A device linked to the broker, which hears its answers, its commands and the hall.</summary>
    public async Task<TestDevice> ConnectAsync(string device, params IReadOnlyList<string> more)
    {
        var connected = await TestDevice.ConnectAsync(
            Options(device, secrets[device], [Topics.Answer(device), Topics.Command(device), Topics.Hall, .. more]));
        devices.Enqueue(connected);
        return connected;
    }

    public MqttLinkOptions Options(string user, string secret, IReadOnlyList<string> subscriptions) => new()
    {
        Host = "127.0.0.1",
        Port = MqttPort,
        User = user,
        Secret = secret,
        Subscriptions = subscriptions,
        FirstDelay = TimeSpan.FromMilliseconds(100),
    };

    public Task StartHubAsync() => StartHubAsync(Spawned.Hub("serve", "--config", Configuration));

    /// <summary>
    /// Starts a hub that SIGKILL meets in the middle of making what it wrote durable: for each of its threads at that time, counted
    /// from 1. Returns once it is ready or has ended.
    /// </summary>
    public async Task<Spawned> StartDoomedHubAsync(int sync)
    {
        hub = Spawned.Start("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
            "-e", string.Create(CultureInfo.InvariantCulture, $"inject=fsync,fdatasync:signal=KILL:when={sync}"),
            "dotnet", Path.Combine(AppContext.BaseDirectory, "hub.dll"), "serve", "--config", Configuration);
        hubs.Enqueue(hub);
        await Eventually.TrueAsync(async () => hub.HasEnded || await AnswersAsync(), () => hub.All, TimeSpan.FromSeconds(60));
        return hub;
    }

    private async Task StartHubAsync(Spawned started)
    {
        hub = started;
        hubs.Enqueue(hub);
        await Eventually.TrueAsync(AnswersAsync, () => hub.All, TimeSpan.FromSeconds(60));
        await Eventually.TrueAsync(() => devices.All(device => device.IsConnectedOrDisposed), () => "a device did not come back");
    }

    private Task<bool> AnswersAsync() => ApiClient.IsReadyAsync(HttpPort);

    /// <summary>SIGKILL: nothing is written on the way out.</summary>
    public async Task KillHubAsync()
    {
        await hub!.KillAsync();
    }

    public async Task RestartHubAsync()
    {
        await KillHubAsync();
        await StartHubAsync();
    }

    /// <summary>Starts the hub again with other options, such as <c>phone</c>; null leaves one out.</summary>
    public async Task RestartHubAsync(string option, object? value)
    {
        var options = JsonSerializer.Deserialize<Dictionary<string, object?>>(await File.ReadAllTextAsync(Configuration))!;
        options[option] = value;
        await File.WriteAllTextAsync(Configuration, JsonSerializer.Serialize(options));
        await RestartHubAsync();
    }

    /// <summary>Counts rows of the journal or of a read table.</summary>
    public T Query<T>(string sql, params object[] values)
    {
        using var journal = Journal();
        using var command = journal.CreateCommand();
        command.CommandText = sql;
        foreach (var (value, index) in values.Select((value, index) => (value, index)))
        {
            command.Parameters.AddWithValue($"$p{index}", value);
        }

        return (T)command.ExecuteScalar()!;
    }

    /// <summary>The journal's database, to be read only.</summary>
    public SqliteConnection Journal()
    {
        var journal = new SqliteConnection($"Data Source={Path.Combine(Folder, "journal.db")};Mode=ReadOnly;Pooling=False");
        journal.Open();
        return journal;
    }

    /// <summary>An error of the hub that a test brings about on purpose.</summary>
    public void Expect(string text) => expected.Add(text);

    /// <summary>Fails where the hub logged an error since the last time, other than an expected one.</summary>
    public void DemandNoErrors()
    {
        var errors = hubs.SelectMany(process => process.Said)
            .Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)
                || line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            .Where(line => !expected.Exists(text => line.Contains(text, StringComparison.Ordinal)))
            .ToList();
        var fresh = errors.Skip(errorsTold).ToList();
        errorsTold = errors.Count;
        Assert.True(fresh.Count == 0, $"The hub logged:\n{string.Join('\n', fresh)}");
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        if (hub is not null)
        {
            await hub.KillAsync();
        }

        foreach (var process in hubs)
        {
            process.Dispose();
        }

        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task MakeAsync(string hallJson)
    {
        var plan = Path.Combine(Path.GetTempPath(), $"hall-{Guid.CreateVersion7()}.json");
        await File.WriteAllTextAsync(plan, hallJson);
        var (code, said) = await Spawned.RunHubAsync(
            "demo", "--data", Folder, "--hall", plan);
        Assert.True(code == 0, said);
        File.Delete(plan);
        secrets = (await File.ReadAllLinesAsync(Path.Combine(Folder, "devices.tsv"))).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[3]);
        await File.WriteAllTextAsync(Configuration, JsonSerializer.Serialize(new
        {
            data = Folder,
            http = $"http://127.0.0.1:{HttpPort}",
            publicAddress = $"http://127.0.0.1:{HttpPort}",
            mqtt = new { port = MqttPort },
            province = new { address = (string?)null },
            alwaysOpen = true,
            ticketsPerDeviceAndMinute = 0,
        }));
    }
}

/// <summary>One counter of a running hall, with what belongs to it alone.</summary>
internal sealed record Place(RunningHall Hall, int Counter)
{
    public string Officer => HallPlan.Officer(Counter);

    public string Service => HallPlan.Service(Counter);

    public string Rater => $"rater-{Counter}";

    public string Desk => $"desk-{Counter}";

    /// <summary>A number of this counter's service: <c>A001</c>.</summary>
    public string Number(int sequence) => string.Create(CultureInfo.InvariantCulture, $"{HallPlan.Prefix(Counter)}{sequence:000}");

    public Task<ApiClient> SignInAsync() => Hall.SignedInAsync(Officer, Counter);

    /// <summary>Takes a number over HTTP; gives the ticket.</summary>
    public async Task<JsonElement> TakeNumberAsync() =>
        (await Hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = Service, lane = "normal" })).Ok(201);
}
