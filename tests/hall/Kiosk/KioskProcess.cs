using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The kiosk's own program with a virtual printer, on a free port and in a folder that outlives its kills.</summary>
internal sealed class KioskProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-kiosk-").FullName;
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http = new();
    private Process? process;

    private KioskProcess(MosquittoBroker broker, FakeHub hub, string? printer, string? profile)
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        Directory.CreateDirectory(PaperFolder);
        File.WriteAllText(Path.Combine(folder, "secret"), MosquittoBroker.Secret(FakeHub.Kiosk));
        File.SetUnixFileMode(Path.Combine(folder, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(folder, "kiosk.json"), JsonSerializer.Serialize(new
        {
            device = FakeHub.Kiosk,
            data = Path.Combine(folder, "data"),
            http = Address,
            hub = hub.Address,
            broker = new { host = "127.0.0.1", port = broker.Port, secretFile = Path.Combine(folder, "secret") },
            printer = printer ?? "file:" + PaperFolder,
            printerProfile = profile,
        }));
    }

    public string Address { get; }

    /// <summary>Byte streams that left for the printer, oldest first.</summary>
    public IReadOnlyList<string> Streams => [.. Directory.GetFiles(PaperFolder, "*.bin").Order(StringComparer.Ordinal)];

    /// <summary>Pictures of papers that came out, oldest first.</summary>
    public IReadOnlyList<string> Papers => [.. Directory.GetFiles(PaperFolder, "*.png").Order(StringComparer.Ordinal)];

    public string Said => string.Join('\n', said);

    private string PaperFolder => Path.Combine(folder, "paper");

    /// <summary>Starts the kiosk; returns once its first screen shows the services.</summary>
    public static async Task<KioskProcess> StartAsync(MosquittoBroker broker, FakeHub hub, string? printer = null, string? address = null, string? profile = null)
    {
        var kiosk = new KioskProcess(broker, hub, address, profile);
        if (printer is not null)
        {
            await kiosk.PlayAsync(printer);
        }

        await kiosk.StartAgainAsync();
        return kiosk;
    }

    public async Task StartAgainAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "kiosk.dll");
        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, "--config", Path.Combine(folder, "kiosk.json")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(async () => (await PageAsync("/")).Contains("data-go=\"/services/HT\"", StringComparison.Ordinal), () => Said);
    }

    /// <summary>Kills the program as a power cut does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Sets the virtual printer's play: no paper, a torn line, a slow head.</summary>
    public Task PlayAsync(string printer) => File.WriteAllTextAsync(Path.Combine(PaperFolder, "printer.json"), printer);

    /// <summary>A finger on a lane; gives the address of the screen that follows.</summary>
    public async Task<string> TouchAsync(string service = "HT", string lane = "normal", string language = "vi")
    {
        var answer = await http.PostAsJsonAsync(Address + "/tickets", new { service, lane, language });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("screen").GetString()!;
    }

    /// <summary>The page as its HTML; empty while the program does not answer.</summary>
    public async Task<string> PageAsync(string path)
    {
        try
        {
            return await http.GetStringAsync(Address + path);
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError == HttpRequestError.ConnectionError ? "" : failure.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
        }

        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
