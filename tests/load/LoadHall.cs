using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Mqtt;

namespace Reception.Load;

/// <summary>A demonstration hall on free ports: its data folder and its hub.</summary>
internal sealed class LoadHall : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly bool _temporary;
    private readonly string _program;
    private readonly Dictionary<string, string> _secrets;
    private readonly SmallProvince? _province;
    private Process? _hub;

    private LoadHall(string folder, bool temporary, bool province, string? hub, string plan)
    {
        (Folder, _temporary) = (folder, temporary);
        (HttpPort, MqttPort) = (FreePort(), FreePort());
        _program = hub ?? BuiltHub();
        Run(_program, "demo", "--data", folder, "--hall", plan);
        _secrets = File.ReadLines(Path.Combine(folder, "devices.tsv")).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[3]);
        _province = province ? new SmallProvince() : null;
        File.WriteAllText(Configuration, JsonSerializer.Serialize(new
        {
            data = folder,
            http = $"http://127.0.0.1:{HttpPort}",
            publicAddress = $"http://127.0.0.1:{HttpPort}",
            mqtt = new { port = MqttPort },
            province = new { address = _province?.Address },
            alwaysOpen = true,
            ticketsPerDeviceAndMinute = 0,
        }));
    }

    public string Folder { get; }

    public int HttpPort { get; }

    public int MqttPort { get; }

    /// <summary>Counters with the officer and the service that the measurements use there.</summary>
    public IReadOnlyList<(int Counter, string Officer, string Service)> Desks { get; } =
        [(1, "cb01", "HT"), (2, "cb02", "CT"), (3, "cb03", "DD"), (4, "cb04", "XH"), (5, "cb05", "CU")];

    private static string Repository { get; } = FindRepository();

    public static string DemonstrationFile => Path.Combine(Repository, "demo", "hall.json");

    private string Configuration => Path.Combine(Folder, "load.json");

    public static LoadHall Make(string? folder, bool province, string? hub, string? plan = null) => new(
        folder is null ? Directory.CreateTempSubdirectory("reception-load-").FullName : Path.GetFullPath(folder),
        folder is null,
        province,
        hub,
        plan ?? DemonstrationFile);

    public string Bearer(string device) => $"Bearer {device}:{_secrets[device]}";

    /// <summary>Starts the hub, and says how long it took until it was ready.</summary>
    public async Task<TimeSpan> StartHubAsync(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        _hub = Start(_program, "serve", "--config", Configuration);
        await UntilAsync("the hub", IsReady, cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Starts a counter agent that was built beside this program.</summary>
    public static Process StartAgent(string configuration) => Start(Path.Combine(AppContext.BaseDirectory, "counter-agent"), "--config", configuration);

    /// <summary>Runs a command of the hub's program on the data folder; says how long it took.</summary>
    public TimeSpan Run(string command)
    {
        var started = Stopwatch.GetTimestamp();
        Run(_program, command, "--data", Folder);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>As a power cut would.</summary>
    public async Task KillHubAsync()
    {
        _hub!.Kill();
        await _hub.WaitForExitAsync();
        _hub.Dispose();
        _hub = null;
    }

    /// <summary>What the hub has used of the processors since it started.</summary>
    public TimeSpan ProcessorTime()
    {
        _hub!.Refresh();
        return _hub.TotalProcessorTime;
    }

    public string Memory()
    {
        var lines = File.ReadAllLines($"/proc/{_hub!.Id}/status");
        return $"{Megabytes("VmRSS:")} MB, {Megabytes("RssAnon:")} MB of them its own, the rest program files";

        long Megabytes(string name) =>
            long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }

    public long JournalRows(string kind = "%")
    {
        using var journal = new SqliteConnection($"Data Source={Path.Combine(Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        journal.Open();
        using var count = journal.CreateCommand();
        count.CommandText = "SELECT count(*) FROM journal WHERE kind LIKE $kind";
        count.Parameters.AddWithValue("$kind", kind);
        return (long)count.ExecuteScalar()!;
    }

    /// <summary>A link to the broker as a device, connected and subscribed.</summary>
    public async Task<IMqttLink> ConnectAsync(string user, CancellationToken cancellation, params string[] subscriptions)
    {
        var link = new MqttLink(
            new MqttLinkOptions
            {
                Host = "127.0.0.1",
                Port = MqttPort,
                User = user,
                Secret = _secrets[user],
                Subscriptions = subscriptions,
            },
            TimeProvider.System,
            NullLogger<MqttLink>.Instance);
        link.Start();
        await UntilAsync($"the broker for {user}", () => link.IsConnected, cancellation);
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            using var kill = Process.Start("/bin/sh", ["-c", $"kill {_hub.Id}"]);
            await _hub.WaitForExitAsync();
            _hub.Dispose();
        }

        _province?.Dispose();
        SqliteConnection.ClearAllPools();
        if (_temporary)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private bool IsReady()
    {
        if (_hub is { HasExited: true })
        {
            throw new InvalidOperationException($"The hub ended with {_hub.ExitCode}; what it said is above.");
        }

        if (!Accepts(HttpPort))
        {
            return false;
        }

        using var line = new HttpLine(HttpPort);
        return line.Get("/readyz") == 200;
    }

    public static bool Accepts(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            // Nobody listens yet; the caller's deadline decides.
            return false;
        }
    }

    public static async Task UntilAsync(string what, Func<bool> holds, CancellationToken cancellation)
    {
        using var step = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Deadline)
            {
                throw new TimeoutException($"{what} was not there after {Deadline.TotalSeconds} s.");
            }

            await step.WaitForNextTickAsync(cancellation);
        }
    }

    // What the processes say goes where this program's own errors go: a hub that logs a line a ticket is found there.
    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >&2", program, .. arguments])) ?? throw new InvalidOperationException(program);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    /// <summary>The hub as it was built beside this program, in the same configuration.</summary>
    private static string BuiltHub()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(Repository, "hub", "Service", "bin", configuration, "net10.0", "hub");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Reception.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("This program runs from its own repository's build output.");
        }

        return folder;
    }
}
