using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A whole hall on free ports: a data folder made by <c>hub demo</c>, and the real hub's program. It can be killed
/// and started again on the same data.
/// </summary>
internal sealed class RunningHall : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Installed _hub;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly List<IDisposable> _clients = [];
    private readonly ConcurrentQueue<Spawned> _runs = new();
    private readonly ConcurrentQueue<TestDevice> _devices = new();
    private readonly List<string> _expected = [];
    private Dictionary<string, string> _secrets = [];
    private int _places;
    private int _errorsTold;

    private RunningHall(string? folder)
    {
        _hub = new Installed("hub", folder);
        (HttpPort, MqttPort) = (FreePort.Next(), FreePort.Next());
    }

    /// <summary>The hall's data folder.</summary>
    public string Folder => _hub.Folder;

    public int HttpPort { get; }

    public int MqttPort { get; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}");

    /// <summary>Nobody in particular.</summary>
    public ApiClient Anyone { get; private set; } = null!;

    public int HubProcess => _hub.Run.Id;

    public string Said => _hub.Said;

    /// <summary>The hub's last run.</summary>
    public Spawned HubRun => _hub.Run;

    /// <summary>The hub's settings.</summary>
    public string Configuration => _hub.Settings;

    /// <summary>
    /// Makes a hall of a hall file's text, or the demonstration's, and starts its hub; <paramref name="province"/> is the address that its
    /// events go to.
    /// </summary>
    public static async Task<RunningHall> StartAsync(string? hallJson = null, string? folder = null, string? province = null)
    {
        var hall = new RunningHall(folder);
        await hall.MakeAsync(hallJson ?? await File.ReadAllTextAsync(DemonstrationHall.File), province);
        await hall.StartHubAsync();
        hall.Anyone = hall.Client();
        return hall;
    }

    /// <summary>The next counter that no other test of this hall has used, with its service, officer and devices.</summary>
    public Place NextPlace()
    {
        var counter = Interlocked.Increment(ref _places);
        Assert.True(_secrets.ContainsKey($"rater-{counter}"), "Every place is taken: give this hall more counters.");
        return new Place(this, counter);
    }

    /// <summary>A caller without a name, or a device.</summary>
    public ApiClient Client(string? device = null)
    {
        var client = new ApiClient(HttpPort, device is null ? null : $"{device}:{_secrets[device]}");
        lock (_clients)
        {
            _clients.Add(client);
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

    public string Secret(string device) => _secrets[device];

    /// <summary>How a device's program finds the hub's broker.</summary>
    public BrokerAccess BrokerOf(string device) => new(MqttPort, Secret(device));

    /// <summary>Knows a device that was added meanwhile.</summary>
    public void Learn(string device, string secret) => _secrets[device] = secret;

    /// <summary>A device linked to the broker, which hears its answers, its commands and the hall.</summary>
    public async Task<TestDevice> ConnectAsync(string device, params IReadOnlyList<string> more)
    {
        var connected = await TestDevice.ConnectAsync(
            Options(device, _secrets[device], [Topics.Answer(device), Topics.Command(device), Topics.Hall, .. more]));
        _devices.Enqueue(connected);
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

    /// <summary>Starts the hub, and does not wait for it.</summary>
    public Spawned LaunchHub()
    {
        var run = _hub.Start("serve");
        _runs.Enqueue(run);
        return run;
    }

    /// <summary>Starts the hub; returns once it is ready.</summary>
    public async Task StartHubAsync()
    {
        var run = LaunchHub();
        await Eventually.TrueAsync(AnswersAsync, () => run.All, Patience);
        await Eventually.TrueAsync(() => _devices.All(device => device.IsConnectedOrDisposed), () => "a device did not come back");

        async Task<bool> AnswersAsync()
        {
            Assert.False(run.HasEnded, run.All);
            return await ApiClient.IsReadyAsync(HttpPort);
        }
    }

    /// <summary>Starts a hub that SIGKILL meets in the middle of making what it wrote durable. Returns once it is ready or has ended.</summary>
    public async Task<Spawned> StartDoomedHubAsync(int sync)
    {
        var run = await _hub.StartDoomedAsync(sync, "serve");
        _runs.Enqueue(run);
        await Eventually.TrueAsync(async () => run.HasEnded || await ApiClient.IsReadyAsync(HttpPort), () => run.All, Patience);
        return run;
    }

    /// <summary>SIGKILL: nothing is written on the way out.</summary>
    public Task KillHubAsync() => _hub.KillAsync();

    /// <summary>The hub ends as its service's manager ends it.</summary>
    public async Task StopHubAsync()
    {
        _hub.Run.Signal(15);
        await _hub.Run.EndedAsync();
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

    /// <summary>The first kiosk takes a number, for further errands too.</summary>
    public Task<TicketDocument> TakeAsync(string service, string lane = "normal", params string[] services) => IssueAsync(new { service, lane, services });

    /// <summary>A booked citizen checks in there.</summary>
    public Task<TicketDocument> CheckInAsync(string appointment) => IssueAsync(new { appointment });

    /// <summary>Signs somebody in; gives the session's cookie.</summary>
    public async Task<string> SignInAsync(string officer, int? counter)
    {
        object who = counter is { } number ? new { officer, pin = HallPlan.Pin, counter = number } : new { officer, pin = HallPlan.Pin };
        using var answer = await _http.PostAsJsonAsync(Address + "/api/v1/session", who);
        await ReadAsync(answer);
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    /// <summary>An officer's command at a counter; null where no one waits.</summary>
    public async Task<CounterDocument?> CommandAsync(string cookie, int counter, string command, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/api/v1/counters/{counter}/{command}") { Content = JsonContent.Create(body ?? new { }) };
        request.Headers.Add("Cookie", cookie);
        using var answer = await _http.SendAsync(request);
        return ProtocolJson.Read<CounterDocument>(await ReadAsync(answer));
    }

    /// <summary>Any request of somebody signed in, with whatever status it ends.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(string? cookie, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, Address + path) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A plain GET, with whatever status it ends.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(Address + path);

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

    /// <summary>The journal's newest row that is no audit entry: those of the security log follow a little later, or on their own.</summary>
    public long NewestEvent => Query<long>("SELECT max(sequence) FROM journal WHERE kind <> 'audit.added'");

    /// <summary>The journal's database, to be read only.</summary>
    public SqliteConnection Journal()
    {
        var journal = new SqliteConnection($"Data Source={Path.Combine(Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        journal.Open();
        return journal;
    }

    /// <summary>An error of the hub that a test brings about on purpose.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>Lines that the hub logged as errors, other than expected ones.</summary>
    public IReadOnlyList<string> Errors =>
    [
        .. _runs.SelectMany(run => run.Said)
            .Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)
                || line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            .Where(line => !_expected.Exists(text => line.Contains(text, StringComparison.Ordinal))),
    ];

    /// <summary>Fails where the hub logged an error since the last time, other than an expected one.</summary>
    public void DemandNoErrors()
    {
        var errors = Errors;
        var fresh = errors.Skip(_errorsTold).ToList();
        _errorsTold = errors.Count;
        Assert.True(fresh.Count == 0, $"The hub logged:\n{string.Join('\n', fresh)}");
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        _http.Dispose();
        await _hub.DisposeAsync();
    }

    private async Task<TicketDocument> IssueAsync(object asked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/api/v1/tickets") { Content = JsonContent.Create(asked) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"kiosk-1:{Secret("kiosk-1")}");
        using var answer = await _http.SendAsync(request);
        return ProtocolJson.Read<TicketDocument>(await ReadAsync(answer))!;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        return body;
    }

    private async Task MakeAsync(string hallJson, string? province)
    {
        var plan = Path.Combine(Path.GetTempPath(), $"hall-{Guid.CreateVersion7()}.json");
        await File.WriteAllTextAsync(plan, hallJson);
        var (code, said) = await Typed.HubAsync("demo", "--data", Folder, "--hall", plan);
        Assert.True(code == 0, said);
        File.Delete(plan);
        _secrets = (await File.ReadAllLinesAsync(Path.Combine(Folder, "devices.tsv"))).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[3]);
        await File.WriteAllTextAsync(Configuration, JsonSerializer.Serialize(new
        {
            data = Folder,
            http = Address,
            publicAddress = Address,
            mqtt = new { port = MqttPort },
            province = new { address = province },
            alwaysOpen = true,
            ticketsPerDeviceAndMinute = 0,
        }));
    }
}
