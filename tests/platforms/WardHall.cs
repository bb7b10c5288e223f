using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Platform.Tests;

/// <summary>A real hall of two counters on one machine, set up as a technician does, its devices linked over TLS where the machine can.</summary>
internal sealed partial class WardHall(Machine machine) : IAsyncDisposable
{
    // A program for another machine starts slowly on this one.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly int _http = FreePort.Next();
    private readonly int _mqtt = FreePort.Next();
    private readonly int _tls = FreePort.Next();
    private readonly Dictionary<string, string> _secrets = [];
    private const string OwnPin = "814273";

    private readonly Dictionary<string, string> _pins = [];
    private readonly HttpClient _screens = new();
    private readonly List<ApiClient> _clients = [];
    private Spawned _hub = null!;

    public Uri Kiosk { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public Uri Rater { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    private string Data => Path.Combine(machine.Folder, "hub");

    private string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_http}");

    public async Task SetUpAsync()
    {
        var plan = Path.Combine(machine.Folder, "hall.json");
        await File.WriteAllTextAsync(plan, HallPlan.Json(2));
        await machine.RunAsync(
            "hub", "setup", "--data", machine.PathOf(Data), "--hall", machine.PathOf(plan), "--http", Address, "--public-address", "none",
            "--mqtt-port", Text(_mqtt), "--mqtt-tls-port", Text(machine.HasTls ? _tls : 0));
        foreach (var officer in new[] { HallPlan.Officer(1), HallPlan.Officer(2), HallPlan.Leader })
        {
            _pins[officer] = Pin().Match(await machine.RunAsync("hub", "officer", "pin", officer, "--data", machine.PathOf(Data))).Value;
        }

        foreach (var (device, kind, counter) in new[] { ("kiosk-1", "kiosk", "-"), ("kiosk-2", "kiosk", "-"), ("rater-1", "rater", "1"), ("desk-2", "counter-agent", "2") })
        {
            var said = await machine.RunAsync("hub", "device", "add", device, kind, counter, "--data", machine.PathOf(Data));
            _secrets[device] = Secret().Match(said).Value;
        }

        await StartHubAsync();
    }

    public async Task StartHubAsync()
    {
        _hub = machine.Start("hub", "serve", "--config", machine.PathOf(Path.Combine(Data, "hub.json")));
        await Eventually.TrueAsync(() => ApiClient.IsReadyAsync(_http), () => _hub.All, Patience);
    }

    public Task KillHubAsync() => _hub.KillAsync();

    /// <summary>Starts a program of a device, with its settings and its secret in a folder of its own.</summary>
    public async Task StartDeviceAsync(string program, string device, object more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(machine.Folder, device)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), _secrets[device]);
        File.SetUnixFileMode(Path.Combine(folder, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (machine.HasTls)
        {
            File.Copy(Path.Combine(Data, "tls", "authority.crt"), Path.Combine(folder, "authority.crt"));
        }

        var settings = JsonSerializer.SerializeToNode(new
        {
            device,
            data = "data",
            hub = Address,
            broker = new { host = "127.0.0.1", port = machine.HasTls ? _tls : _mqtt, authority = machine.HasTls ? "authority.crt" : null, secretFile = "secret" },
        })!.AsObject();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(more)!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "settings.json"), settings.ToJsonString());
        machine.Start(program, "--config", machine.PathOf(Path.Combine(folder, "settings.json")));
    }

    /// <summary>A kiosk that the test plays, over plain MQTT.</summary>
    public Task<TestDevice> ConnectAsync(string device) => TestDevice.ConnectAsync(new MqttLinkOptions
    {
        Host = "127.0.0.1",
        Port = _mqtt,
        User = device,
        Secret = _secrets[device],
        Subscriptions = [Topics.Answer(device), Topics.Command(device), Topics.Hall],
        FirstDelay = TimeSpan.FromMilliseconds(100),
    });

    public ApiClient Client(string? device = null)
    {
        var client = new ApiClient(_http, device is null ? null : $"{device}:{_secrets[device]}");
        _clients.Add(client);
        return client;
    }

    public async Task<ApiClient> SignInAsync(string officer, int? counter = null)
    {
        var client = Client();
        (await client.SignInAsync(officer, counter, _pins[officer])).Ok(204);
        if (_pins[officer] != OwnPin)
        {
            // The technician knows the first one.
            var form = new Dictionary<string, string> { ["present"] = _pins[officer], ["fresh"] = OwnPin, ["again"] = OwnPin };
            (await client.SubmitAsync("/account/pin", form)).Ok(302);
            _pins[officer] = OwnPin;
        }

        return client;
    }

    /// <summary>A touch on a device's own screen.</summary>
    public async Task TouchAsync(Uri screen, string path, object? body = null)
    {
        using var answer = await _screens.PostAsJsonAsync(new Uri(screen, path), body ?? new { });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync() + machine.Said);
    }

    /// <summary>Waits until a device's screen shows a text.</summary>
    public async Task ShowsAsync(Uri screen, string path, string text)
    {
        var seen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    seen = await _screens.GetStringAsync(new Uri(screen, path));
                }
                catch (Exception failure) when (failure is HttpRequestException or SocketException)
                {
                    // It does not listen yet.
                    return false;
                }

                return seen.Contains(text, StringComparison.Ordinal);
            },
            () => seen + machine.Said,
            Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        _screens.Dispose();
        await machine.DisposeAsync();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=PIN )\d{6}")]
    private static partial Regex Pin();

    [GeneratedRegex("^[a-z2-9]{32}", RegexOptions.Multiline)]
    private static partial Regex Secret();
}
