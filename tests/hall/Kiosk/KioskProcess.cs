using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The kiosk's own program with a virtual printer, on a free port and in a folder that outlives its kills.</summary>
internal sealed class KioskProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-kiosk-").FullName;
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http = new();
    private Process? process;

    private KioskProcess(string hub, int brokerPort, string secret, string? data, string? address = null, string? profile = null)
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        Directory.CreateDirectory(PaperFolder);
        File.WriteAllText(Path.Combine(folder, "secret"), secret);
        File.SetUnixFileMode(Path.Combine(folder, "secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(folder, "kiosk.json"), JsonSerializer.Serialize(new
        {
            device = FakeHub.Kiosk,
            data = data ?? Path.Combine(folder, "data"),
            http = Address,
            hub,
            broker = new { host = "127.0.0.1", port = brokerPort, secretFile = Path.Combine(folder, "secret") },
            printer = address ?? "file:" + PaperFolder,
            printerProfile = profile,
        }));
    }

    public string Address { get; }

    /// <summary>Byte streams that left for the printer, oldest first.</summary>
    public IReadOnlyList<string> Streams => [.. Directory.GetFiles(PaperFolder, "*.bin").Order(StringComparer.Ordinal)];

    /// <summary>Pictures of papers that came out, oldest first.</summary>
    public IReadOnlyList<string> Papers => [.. Directory.GetFiles(PaperFolder, "*.png").Order(StringComparer.Ordinal)];

    public string Said => string.Join('\n', said);

    private string Play => Path.Combine(PaperFolder, "printer.json");

    private string PaperFolder => Path.Combine(folder, "paper");

    /// <summary>Starts the kiosk; returns once its first screen shows the services. <paramref name="data"/> is a data folder of the test's own.</summary>
    public static Task<KioskProcess> StartAsync(MosquittoBroker broker, FakeHub hub, string? printer = null, string? data = null, string? address = null, string? profile = null) =>
        StartAsync(new KioskProcess(hub.Address, broker.Port, MosquittoBroker.Secret(FakeHub.Kiosk), data, address, profile), printer);

    /// <summary>Starts the first kiosk of a real hub.</summary>
    public static Task<KioskProcess> StartAsync(HubProcess hub, string? printer = null, string? address = null, string? profile = null) =>
        StartAsync(new KioskProcess(hub.Address, hub.BrokerPort, hub.Devices[FakeHub.Kiosk], data: null, address, profile), printer);

    /// <summary>Starts a kiosk whose catalogue does not come; returns once it answers.</summary>
    public static async Task<KioskProcess> StartWithoutNamesAsync(MosquittoBroker broker, FakeHub hub)
    {
        var kiosk = new KioskProcess(hub.Address, broker.Port, MosquittoBroker.Secret(FakeHub.Kiosk), data: null);
        await kiosk.StartAgainAsync(shows: "</html>");
        await Eventually.TrueAsync(() => hub.Told(ReportTypes.PrinterStatus).Count == 1, () => kiosk.Said);
        return kiosk;
    }

    private static async Task<KioskProcess> StartAsync(KioskProcess kiosk, string? printer)
    {
        if (printer is not null)
        {
            await kiosk.PlayAsync(printer);
        }

        await kiosk.StartAgainAsync();
        return kiosk;
    }

    public async Task StartAgainAsync(string shows = "data-go=\"/services/HT\"")
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
        await Eventually.TrueAsync(async () => (await PageAsync("/")).Contains(shows, StringComparison.Ordinal), () => Said);
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
    public Task PlayAsync(string printer) => File.WriteAllTextAsync(Play, printer);

    /// <summary>From now on whoever asks the virtual printer, or sends it a slip, gets no answer at all: its play is a pipe that nobody writes to.</summary>
    public async Task HangPrinterAsync()
    {
        using var making = Process.Start("mkfifo", Path.Combine(PaperFolder, "pipe"));
        await making.WaitForExitAsync();
        File.Move(Path.Combine(PaperFolder, "pipe"), Play, overwrite: true);
    }

    /// <summary>The printer that hung answers again, whoever still waits for it too.</summary>
    public async Task LetPrinterGoAsync()
    {
        File.Move(Play, Path.Combine(PaperFolder, "pipe"));
        await PlayAsync("{}");
        // Whoever opened the pipe reads to its end; opened for both ways it can be closed whether somebody does or not.
        await using var pipe = new FileStream(Path.Combine(PaperFolder, "pipe"), FileMode.Open, FileAccess.ReadWrite);
    }

    /// <summary>A finger on the last ticket's copy.</summary>
    public async Task TouchCopyAsync(string screen) => (await http.PostAsJsonAsync($"{Address}{screen}/copy", new { })).EnsureSuccessStatusCode();

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
