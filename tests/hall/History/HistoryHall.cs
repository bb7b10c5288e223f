using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall.Tests.CounterAgent;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Rater;

namespace Reception.Hall.Tests.History;

/// <summary>
/// A whole hall in programs of their own: hub, kiosk, a touch rater at counter 1, a counter agent with a box at counter 2, the province.
/// </summary>
internal sealed class HistoryHall : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // The first two have a counter each, the third is served at both.
    private static readonly string[] Services = [HallPlan.Service(1), HallPlan.Service(2), HallPlan.SharedService];

    // One ticket order waits for its hub while another has its number.
    private const int Visitors = 3;

    private static readonly string[] TakingDevices = ["bench-1", "bench-2"];

    // Of a device's database: what the hub has not answered yet.
    private static readonly string[] Outboxes = ["fact", "ticket_order"];

    private readonly Dictionary<string, ApiClient> _officers = [];

    private HistoryHall(RunningHall hub, ProvinceReceiver province, HallHistory history, Random chance)
    {
        (Hub, Province, History) = (hub, province, history);
        (Kiosk, Rater) = (KioskProcess.Make(hub), RaterProcess.Make(hub));
        (First, Second) = (hub.NextPlace(), hub.NextPlace());
        Agent = AgentProcess.Make(Second);
        Box = new PressedBox(Agent.Port(), history, new Random(chance.Next()), () => HasDelivered(Agent.Database));
        Programs =
        [
            new KillableProgram("hub", hub.LaunchHub, () => ApiClient.IsReadyAsync(hub.HttpPort)),
            new KillableProgram("kiosk", Kiosk.Launch, KioskAnswersAsync),
            new KillableProgram("rater", Rater.Launch, Rater.AnswersAsync),
            new KillableProgram("agent", LaunchAgent, () => Task.FromResult(Box.Asked > AskedBefore)),
        ];
    }

    public HallHistory History { get; }

    public RunningHall Hub { get; }

    public KioskProcess Kiosk { get; }

    public RaterProcess Rater { get; }

    public AgentProcess Agent { get; }

    public ProvinceReceiver Province { get; }

    public IReadOnlyList<KillableProgram> Programs { get; }

    private PressedBox Box { get; }

    private Place First { get; }

    private Place Second { get; }

    private int AskedBefore { get; set; }

    public static string AnyService(Random chance) => Services[chance.Next(Services.Length)];

    /// <summary>Makes the hall, starts every program, and signs the officers in.</summary>
    public static async Task<HistoryHall> StartAsync(HallHistory history, Random chance)
    {
        var province = await ProvinceReceiver.StartAsync();
        var hub = await RunningHall.StartAsync(HallPlan.Json(2, shared: true), province: province.Address);
        var hall = new HistoryHall(hub, province, history, chance);
        await hub.KillHubAsync();
        foreach (var program in hall.Programs)
        {
            program.Launch();
        }

        await Task.WhenAll(hall.Programs.Select(program => program.UpAsync()));
        foreach (var place in new[] { hall.First, hall.Second })
        {
            hall._officers[place.Officer] = await place.SignInAsync();
        }

        return hall;
    }

    /// <summary>Every client at its work, until it may rest.</summary>
    public IReadOnlyList<Task> Work(Random chance, CancellationToken rest)
    {
        var finger = new RaterFinger(Rater, History, Own(), () => HasDelivered(Rater.Database));
        return
        [
            .. TakingDevices.Select(device => new TicketTaker(device, Hub, History, Own()).RunAsync(rest)),
            .. Enumerable.Range(0, Visitors).Select(_ => new KioskVisitor(Kiosk, History, Own()).RunAsync(rest)),
            new OfficerClient(First, _officers[First.Officer], History, Own(), finger.PressAsync).RunAsync(rest),
            new OfficerClient(Second, _officers[Second.Officer], History, Own(), Box.PressAsync).RunAsync(rest),
        ];

        Random Own() => new(chance.Next());
    }

    /// <summary>The client of a device or an officer.</summary>
    public ApiClient ClientOf(string caller) => _officers.TryGetValue(caller, out var officer) ? officer : Hub.Client(caller);

    /// <summary>Waits until nothing is on its way: every device's outbox is empty, and the province has the newest event.</summary>
    public async Task RestAsync()
    {
        await Eventually.TrueAsync(() => Waiting().Count == 0, () => string.Join('\n', Waiting()), Patience);
        var (newest, arrived) = (0L, 0L);
        await Eventually.TrueAsync(
            async () =>
            {
                newest = Hub.Query<long>($"SELECT max(sequence) FROM journal WHERE {HistoryCheck.IsForwarded}");
                var events = await Province.EventsAsync();
                arrived = events.Count == 0 ? 0 : events.Max(HistoryCheck.SequenceOf);
                return arrived == newest;
            },
            () => $"the province has event {arrived} of {newest}",
            Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Kiosk.DisposeAsync();
        await Rater.DisposeAsync();
        await Agent.DisposeAsync();
        Box.Dispose();
        await Province.DisposeAsync();
    }

    private IReadOnlyList<string> Waiting() =>
    [
        .. from database in new[] { Kiosk.Database, Rater.Database, Agent.Database }
           from table in Outboxes
           let rows = Count(database, table)
           where rows > 0
           select $"{rows} rows of {table} wait in {database}",
    ];

    private async Task<bool> KioskAnswersAsync() => (await Kiosk.PageAsync("/")).Contains("</html>", StringComparison.Ordinal);

    private static bool HasDelivered(string database) => Count(database, "fact") == 0;

    private static long Count(string database, string table)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        return connection.ExecuteScalar<long>($"SELECT count(*) FROM {table}");
    }

    private Spawned LaunchAgent()
    {
        AskedBefore = Box.Asked;
        return Agent.Start();
    }
}
