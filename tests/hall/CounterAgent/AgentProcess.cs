using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Printing;
using Reception.Hall.Tests.Rater;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The counter agent's own program, in a folder that outlives its kills. Its ports are links in that folder.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    public const string Desk = "desk-1";

    private readonly bool _ownsFolder;
    private readonly string _configuration;
    private readonly List<Spawned> _runs = [];
    private Spawned? _agent;

    private AgentProcess(string? folder, string desk, int counter, int brokerPort, string secret, IEnumerable<string> roles, object? printer = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("reception-desk-").FullName;
        var secretFile = Path.Combine(Folder, "secret");
        File.WriteAllText(secretFile, secret);
        File.SetUnixFileMode(secretFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _configuration = Path.Combine(Folder, "desk.json");
        var settings = JsonSerializer.SerializeToNode(new
        {
            device = desk,
            counter,
            data = "data",
            broker = new { host = "127.0.0.1", port = brokerPort, secretFile = "secret" },
            serial = roles.Select((role, place) => new { role, path = Port(place) }),
        })!.AsObject();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(printer ?? new { })!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        File.WriteAllText(_configuration, settings.ToJsonString());
    }

    public string Folder { get; }

    public string Said => string.Join("\n---\n", _runs.Select(run => run.All));

    /// <summary>A desk whose hub is the test; a rater on <see cref="Port"/> 0, and what else is wanted on the next.</summary>
    public static AgentProcess Make(MosquittoBroker broker, params string[] roles) =>
        new(null, Desk, 1, broker.Port, MosquittoBroker.Secret(Desk), roles is [] ? ["rater"] : roles);

    public static AgentProcess MakeIn(string folder, MosquittoBroker broker) => new(folder, Desk, 1, broker.Port, MosquittoBroker.Secret(Desk), ["rater"]);

    /// <summary>The desk of a place in a running hall.</summary>
    public static AgentProcess Make(Place place) => new(null, place.Desk, place.Counter, place.Hall.MqttPort, place.Hall.Secret(place.Desk), ["rater"]);

    /// <summary>The desk of a place, with a printer and nothing on its lines.</summary>
    public static AgentProcess MakePrinting(Place place, VirtualPrinterProcess printer) => new(
        null, place.Desk, place.Counter, place.Hall.MqttPort, place.Hall.Secret(place.Desk), [],
        Printing(printer, $"http://127.0.0.1:{place.Hall.HttpPort}"));

    /// <summary>A desk whose hub is the test, with a printer and nothing on its lines.</summary>
    public static AgentProcess MakePrinting(MosquittoBroker broker, RaterHub hub, VirtualPrinterProcess printer) => new(
        null, Desk, 1, broker.Port, MosquittoBroker.Secret(Desk), [], Printing(printer, hub.Address.ToString()));

    private static object Printing(VirtualPrinterProcess printer, string hub) =>
        new { printer = printer.Address, printerProfile = "epson-tm-t82", hub };

    public string Port(int place = 0) => Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"port-{place}"));

    public void Start() => Run("dotnet", Program, "--config", _configuration);

    /// <summary>Starts an agent that SIGKILL meets in the middle of making a write durable: the n-th of a thread, from 1.</summary>
    public Spawned StartDoomed(int sync) => Run("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync",
        "-e", string.Create(CultureInfo.InvariantCulture, $"inject=fsync,fdatasync:signal=KILL:when={sync}"), "dotnet", Program, "--config", _configuration);

    /// <summary>Starts it without some of root's rights, by their names in capabilities(7).</summary>
    public void StartWithout(params IEnumerable<string> rights) =>
        Run("setpriv", "--bounding-set", string.Join(',', rights.Select(right => "-" + right)), "dotnet", Program, "--config", _configuration);

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "counter-agent.dll");

    /// <summary>The reports that tell of a box's presses, by the agent's own book.</summary>
    public IReadOnlySet<Guid> ReportsOf(string box)
    {
        using var book = new SqliteConnection($"Data Source={Path.Combine(Folder, "data", "presses.db")};Mode=ReadOnly;Pooling=False");
        return book.Query<byte[]>("SELECT report FROM press WHERE box = @box", new { box }).Select(id => new Guid(id, bigEndian: true)).ToHashSet();
    }

    /// <summary>Slips whose fate is not told yet, by the agent's own book.</summary>
    public long PrintsOnTheWay
    {
        get
        {
            using var book = new SqliteConnection($"Data Source={Path.Combine(Folder, "data", "prints.db")};Mode=ReadOnly;Pooling=False");
            return book.ExecuteScalar<long>("SELECT count(*) FROM print");
        }
    }

    public async Task KillAsync() => await _agent!.KillAsync();

    public async Task RestartAsync()
    {
        await KillAsync();
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.KillAsync();
            run.Dispose();
        }

        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private Spawned Run(string program, params string[] arguments)
    {
        _agent = Spawned.Start(program, arguments);
        _runs.Add(_agent);
        return _agent;
    }
}
