using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Printing;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The counter agent's own program, in a folder that outlives its kills. Its ports are links in that folder.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly Installed _agent;

    private AgentProcess(Installed agent) => _agent = agent;

    public string Folder => _agent.Folder;

    /// <summary>Of the last run.</summary>
    public int Id => _agent.Run.Id;

    public string Said => _agent.Said;

    /// <summary>A desk whose hub is the test; a rater on <see cref="Port"/> 0, and what else is wanted on the next.</summary>
    public static AgentProcess Make(FakeHub hub, params string[] roles) => Make(hub.Broker, FakeHub.Desk, 1, roles is [] ? ["rater"] : roles);

    public static AgentProcess MakeIn(string folder, FakeHub hub) => Make(hub.Broker, FakeHub.Desk, 1, ["rater"], folder: folder);

    /// <summary>The desk of a place in a running hall.</summary>
    public static AgentProcess Make(Place place) => Make(place.Hall.BrokerOf(place.Desk), place.Desk, place.Counter, ["rater"]);

    /// <summary>The desk of a place, with a printer and nothing on its lines.</summary>
    public static AgentProcess MakePrinting(Place place, TestPrinter printer) =>
        Make(place.Hall.BrokerOf(place.Desk), place.Desk, place.Counter, [], printer, place.Hall.Address);

    /// <summary>A desk whose hub is the test, with a printer and nothing on its lines.</summary>
    public static AgentProcess MakePrinting(FakeHub hub, TestPrinter printer) =>
        Make(hub.Broker, FakeHub.Desk, 1, [], printer, hub.Address.ToString());

    private static AgentProcess Make(
        BrokerAccess broker, string desk, int counter, IEnumerable<string> roles, TestPrinter? printer = null, string? hub = null, string? folder = null)
    {
        var agent = new Installed("counter-agent", folder);
        var serial = roles.Select((role, place) => new { role, path = agent.PathOf(PortName(place)) }).ToArray();
        agent.SetUpDevice(desk, broker, printer is null
            ? new { counter, serial }
            : new { counter, serial, printer = printer.Address, printerProfile = "epson-tm-t82", hub });
        return new AgentProcess(agent);
    }

    public string Port(int place = 0) => _agent.PathOf(PortName(place));

    public Spawned Start() => _agent.Start();

    /// <summary>Starts an agent that SIGKILL meets in the middle of making a write durable: the n-th, from 1.</summary>
    public Task<Spawned> StartDoomedAsync(int sync) => _agent.StartDoomedAsync(sync);

    /// <summary>Starts it without some of root's rights, by their names in capabilities(7).</summary>
    public void StartWithout(params IEnumerable<string> rights) => _agent.StartWithout(rights);

    /// <summary>The reports that tell of a box's presses, by the agent's own database.</summary>
    public IReadOnlySet<Guid> ReportsOf(string box)
    {
        using var database = OpenDatabase();
        return database.Query<byte[]>("SELECT report FROM press WHERE box = @box", new { box }).Select(id => new Guid(id, bigEndian: true)).ToHashSet();
    }

    /// <summary>Slips whose fate is not told yet, by the agent's own database.</summary>
    public long PrintsOnTheWay
    {
        get
        {
            using var database = OpenDatabase();
            return database.ExecuteScalar<long>("SELECT count(*) FROM print");
        }
    }

    /// <summary>What it keeps.</summary>
    public string Database => Path.Combine(Folder, "data", "device.db");

    /// <summary>Starts it where it must end by itself; gives its exit code and all that it said.</summary>
    public Task<(int Code, string Said)> RunAsync() => Spawned.RunAsync("counter-agent", "--config", _agent.Settings);

    public Task KillAsync() => _agent.KillAsync();

    public async Task RestartAsync()
    {
        await KillAsync();
        Start();
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private SqliteConnection OpenDatabase() => new($"Data Source={Database};Mode=ReadOnly;Pooling=False");

    private static string PortName(int place) => string.Create(CultureInfo.InvariantCulture, $"port-{place}");
}
