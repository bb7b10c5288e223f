using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// The hub's own program over the demonstration hall, on free ports and in a folder that outlives kills.
/// </summary>
internal sealed class HubProcess : IAsyncDisposable
{
    /// <summary>The PIN of every demonstration account.</summary>
    public const string Pin = "2580";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private Process? _hub;

    private HubProcess() => Address = $"http://127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}";

    public string Address { get; }
    public int BrokerPort { get; } = FreePort.Next();
    public string Data { get; } = Directory.CreateTempSubdirectory("reception-hub-").FullName;

    /// <summary>Secrets by device id.</summary>
    public IReadOnlyDictionary<string, string> Devices { get; private set; } = new Dictionary<string, string>();

    public string Said => string.Join('\n', _said);

    /// <summary>Lines that the hub logged as errors.</summary>
    public IEnumerable<string> Errors => _said.Where(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal));

    /// <summary>
    /// Starts a hall; <paramref name="hall"/> is a hall file, by default the demonstration's, and <paramref name="province"/> the
    /// address that its events go to.
    /// </summary>
    public static async Task<HubProcess> StartAsync(string? hall = null, string? province = null)
    {
        var hub = new HubProcess();
        using (var demo = hub.Run("demo", "--data", hub.Data, "--hall", hall ?? DemonstrationHall()))
        {
            await demo.WaitForExitAsync();
            Assert.True(demo.ExitCode == 0, hub.Said);
        }

        hub.Devices = File.ReadLines(Path.Combine(hub.Data, "devices.tsv")).Select(line => line.Split('\t')).ToDictionary(field => field[0], field => field[3]);
        await File.WriteAllTextAsync(Path.Combine(hub.Data, "hub.json"), JsonSerializer.Serialize(new
        {
            data = hub.Data,
            http = hub.Address,
            publicAddress = hub.Address,
            mqtt = new { port = hub.BrokerPort },
            province = new { address = province },
            alwaysOpen = true,
            ticketsPerDeviceAndMinute = 0,
        }));
        await hub.StartAgainAsync();
        return hub;
    }

    /// <summary>Starts the program; returns once it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _hub = Run("serve", "--config", Path.Combine(Data, "hub.json"));
        await Eventually.TrueAsync(IsReadyAsync, () => Said, Patience);
    }

    /// <summary>Kills the hub as a power cut does.</summary>
    public async Task KillAsync()
    {
        _hub!.Kill();
        await _hub.WaitForExitAsync();
        _hub.Dispose();
        _hub = null;
    }

    /// <summary>The first kiosk takes a number, for further errands too.</summary>
    public Task<TicketDocument> TakeAsync(string service, string lane = "normal", params string[] services) => IssueAsync(new { service, lane, services });

    /// <summary>A booked citizen checks in there.</summary>
    public Task<TicketDocument> CheckInAsync(string appointment) => IssueAsync(new { appointment });

    /// <summary>Signs somebody in; gives the session's cookie.</summary>
    public async Task<string> SignInAsync(string officer, int? counter)
    {
        object who = counter is { } number ? new { officer, pin = Pin, counter = number } : new { officer, pin = Pin };
        using var answer = await _http.PostAsJsonAsync(Address + "/api/v1/session", who);
        await ReadAsync(answer);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
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

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private async Task<TicketDocument> IssueAsync(object asked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/api/v1/tickets") { Content = JsonContent.Create(asked) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"kiosk-1:{Devices["kiosk-1"]}");
        using var answer = await _http.SendAsync(request);
        return ProtocolJson.Read<TicketDocument>(await ReadAsync(answer))!;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
        return body;
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_hub!.HasExited, Said);
        try
        {
            using var answer = await _http.GetAsync(Address + "/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private Process Run(params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hub.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string DemonstrationHall() => Path.Combine(Sources.Root, "demo", "hall.json");
}
