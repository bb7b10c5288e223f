using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The kiosk's own program with a virtual printer, on a free port and in a folder that outlives its kills.</summary>
internal sealed class KioskProcess : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Installed _kiosk;

    private KioskProcess(Uri hub, BrokerAccess broker, string? data, string? address, string? profile)
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _kiosk = new Installed("kiosk");
        _kiosk.SetUpDevice(FakeHub.Kiosk, broker, new
        {
            data = data ?? "data",
            http = Address,
            hub,
            printer = address ?? "file:" + PaperFolder,
            printerProfile = profile,
        });
        Directory.CreateDirectory(PaperFolder);
    }

    public string Address { get; }

    /// <summary>Byte streams that left for the printer, oldest first.</summary>
    public IReadOnlyList<string> Streams => [.. Directory.GetFiles(PaperFolder, "*.bin").Order(StringComparer.Ordinal)];

    /// <summary>Pictures of papers that came out, oldest first.</summary>
    public IReadOnlyList<string> Papers => [.. Directory.GetFiles(PaperFolder, "*.png").Order(StringComparer.Ordinal)];

    /// <summary>Of the last run.</summary>
    public int Id => _kiosk.Run.Id;

    public string Said => _kiosk.Said;

    private string Play => Path.Combine(PaperFolder, "printer.json");

    private string PaperFolder => _kiosk.PathOf("paper");

    /// <summary>Starts the kiosk; returns once its first screen shows the services. <paramref name="data"/> is a data folder of the test's own.</summary>
    public static Task<KioskProcess> StartAsync(FakeHub hub, string? printer = null, string? data = null, string? address = null, string? profile = null) =>
        StartAsync(new KioskProcess(hub.Address, hub.Broker, data, address, profile), printer);

    /// <summary>Starts the first kiosk of a real hub.</summary>
    public static Task<KioskProcess> StartAsync(RunningHall hall, string? printer = null, string? address = null, string? profile = null) =>
        StartAsync(new KioskProcess(new Uri(hall.Address), hall.BrokerOf(FakeHub.Kiosk), data: null, address, profile), printer);

    /// <summary>A kiosk whose hub is the test, which is not started yet.</summary>
    public static KioskProcess Make(FakeHub hub) => new(hub.Address, hub.Broker, data: null, address: null, profile: null);

    /// <summary>The first kiosk of a real hub, which is not started yet.</summary>
    public static KioskProcess Make(RunningHall hall) =>
        new(new Uri(hall.Address), hall.BrokerOf(FakeHub.Kiosk), data: null, address: null, profile: null);

    /// <summary>Starts a kiosk whose catalogue does not come; returns once it answers.</summary>
    public static async Task<KioskProcess> StartWithoutNamesAsync(FakeHub hub)
    {
        var kiosk = Make(hub);
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

    /// <summary>Starts a kiosk that SIGKILL meets in the middle of making a write durable: the n-th, from 1.</summary>
    public Task<Spawned> StartDoomedAsync(int sync) => _kiosk.StartDoomedAsync(sync);

    /// <summary>Starts the program, and does not wait for it.</summary>
    public Spawned Launch() => _kiosk.Start();

    public async Task StartAgainAsync(string shows = "data-go=\"/services/HT\"")
    {
        Launch();
        await Eventually.TrueAsync(async () => (await PageAsync("/")).Contains(shows, StringComparison.Ordinal), () => Said);
    }

    /// <summary>What it keeps.</summary>
    public string Database => _kiosk.PathOf("data/device.db");

    /// <summary>Kills the program as a power cut does.</summary>
    public Task KillAsync() => _kiosk.KillAsync();

    /// <summary>Sets the virtual printer's play: no paper, a torn line, a slow head.</summary>
    public Task PlayAsync(string printer) => File.WriteAllTextAsync(Play, printer);

    /// <summary>From now on whoever asks the virtual printer, or sends it a slip, gets no answer at all: its play is a pipe that nobody writes to.</summary>
    public async Task HangPrinterAsync()
    {
        await Spawned.DoneAsync("mkfifo", Path.Combine(PaperFolder, "pipe"));
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
    public async Task TouchCopyAsync(string screen) => (await _http.PostAsJsonAsync($"{Address}{screen}/copy", new { })).EnsureSuccessStatusCode();

    /// <summary>A finger on a lane; gives the address of the screen that follows.</summary>
    public async Task<string> TouchAsync(string service = "HT", string lane = "normal", string language = "vi")
    {
        var answer = await _http.PostAsJsonAsync(Address + "/tickets", new { service, lane, language });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("screen").GetString()!;
    }

    /// <summary>The page as its HTML; empty while the program does not answer.</summary>
    public async Task<string> PageAsync(string path)
    {
        try
        {
            return await _http.GetStringAsync(Address + path);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return failure is HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError } ? failure.Message : "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _kiosk.DisposeAsync();
        _http.Dispose();
    }
}
