using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Rater;

/// <summary>The rater's own program, on a free port and in a folder that outlives its kills.</summary>
internal sealed class RaterProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-rater-").FullName;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly HttpClient _http = new();
    private Process? _process;

    private RaterProcess(int brokerPort, Uri hub, string secret)
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        File.WriteAllText(Path.Combine(_folder, "secret"), secret);
        File.SetUnixFileMode(Path.Combine(_folder, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(_folder, "rater-1.json"), JsonSerializer.Serialize(new
        {
            device = RaterHub.Rater,
            counter = 1,
            data = "data",
            http = Address,
            hub,
            broker = new { host = "127.0.0.1", port = brokerPort, secretFile = "secret" },
        }));
    }

    public string Address { get; }

    public string Said => string.Join('\n', _said);

    /// <summary>Starts the rater; returns once its screen answers.</summary>
    public static Task<RaterProcess> StartAsync(int brokerPort, Uri hub) =>
        StartAsync(new RaterProcess(brokerPort, hub, MosquittoBroker.Secret(RaterHub.Rater)));

    /// <summary>Starts the rater at counter 1 of a real hub.</summary>
    public static Task<RaterProcess> StartAsync(HubProcess hub) =>
        StartAsync(new RaterProcess(hub.BrokerPort, new Uri(hub.Address), hub.Devices[RaterHub.Rater]));

    private static async Task<RaterProcess> StartAsync(RaterProcess rater)
    {
        await rater.StartAgainAsync();
        return rater;
    }

    public async Task StartAgainAsync()
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rating-device.dll"), "--config", Path.Combine(_folder, "rater-1.json")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(AnswersAsync, () => Said);
    }

    /// <summary>Kills the program as a power cut does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A touch without a browser; gives the screen that follows.</summary>
    public async Task<string> PostAsync(string touch)
    {
        using var answer = await _http.PostAsync(new Uri(Address + touch), null);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async Task<string> ScreenAsync() => await _http.GetStringAsync(new Uri(Address + "/screen"));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address + "/screen"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException fault) when (fault.StatusCode is null)
        {
            // It does not listen yet.
            return false;
        }
    }
}
