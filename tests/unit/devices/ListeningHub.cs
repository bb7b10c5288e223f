using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Reception.Hub;
using Reception.Hub.Broker;
using Reception.Hub.Devices;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Options;
using Reception.Hub.Rendering;
using Reception.Hub.Screens.Console;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Hub.Tools;
using Reception.Protocol;
using Reception.Theme;
using Reception.Unit.Tests.Journal;
using HallDevice = Reception.Hub.Site.Device;

namespace Reception.Unit.Tests.Devices;

/// <summary>The hub's way from a device's message to its answer, on a real journal; a test holds the other end of the link.</summary>
internal sealed class ListeningHub : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("listening-").FullName;
    private readonly SetupBook _book = new();
    private readonly HubMeter _meter = new();
    private readonly JournalWriter _journal;
    private readonly BrokerService _service;
    private readonly SessionWatch _watch;
    private readonly Link _link = new();
    private readonly TimeProvider _clock;

    private ListeningHub(TimeProvider clock)
    {
        _clock = clock;
        var hallClock = new HallClock(clock);
        var renderer = new Renderer(_book);
        var board = new HallBoard();
        _journal = new JournalWriter(
            Database,
            board,
            _book,
            hallClock,
            new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0),
            JournalKey.Of(_folder),
            _meter,
            exception => Faults.Add($"{exception}"),
            new Log<JournalWriter>(Faults));
        var options = new HubOptions { Data = _folder, Http = "http://127.0.0.1:1" };
        var links = new TicketLinks(options);
        var health = new DeviceHealth(hallClock);
        Post = new BrokerPost(_link, hallClock, renderer);
        _service = new BrokerService(
            _link, Post, new Reports(links, renderer), health, new CounterDevices(Post, board, _book, hallClock), _journal, _book, _meter,
            new Log<BrokerService>(Faults));
        Devices = new DeviceList(_book, health, Connections, Database, renderer, new Phrasebook([typeof(DeviceList).Assembly]), hallClock);
        _watch = new SessionWatch(Connections, _journal, _book);
        Lights = new DeviceLights(Devices, hallClock);
    }

    private HubDatabase Database => new(_folder);

    public BrokerPost Post { get; }

    /// <summary>The broker's connections.</summary>
    public BrokerConnections Connections { get; } = new(TimeProvider.System);

    public DeviceList Devices { get; }

    public DeviceLights Lights { get; }

    /// <summary>What was logged as an error.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<ListeningHub> StartAsync(TimeProvider clock)
    {
        var hub = new ListeningHub(clock);
        await HallTools.ExecuteAsync(hub._folder, WritingHall.SetUp(SmallHall.Plan) with
        {
            Devices =
            [
                new HallDevice("kiosk-1", DeviceKinds.Kiosk, Counter: null, SecretHash: ""),
                new HallDevice("desk-1", DeviceKinds.CounterAgent, Counter: 1, SecretHash: ""),
                new HallDevice("rater-1", DeviceKinds.Rater, Counter: 1, SecretHash: ""),
                new HallDevice("rater-2", DeviceKinds.Rater, Counter: 1, SecretHash: ""),
            ],
        });
        hub._journal.Start();
        await hub._journal.ReadyAsync();
        await hub._service.StartAsync(CancellationToken.None);
        await hub._watch.StartAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>When the devices' connections were made, by the monotonic clock.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>When the messages come; null for the moment in which they are sent.</summary>
    public long? ReceivedAt { get; set; }

    /// <summary>A device publishes a report.</summary>
    public void Report(string device, byte[] message) => Send(device, isPresence: false, message);

    /// <summary>A device publishes its presence.</summary>
    public void Presence(string device, byte[] message) => Send(device, isPresence: true, message);

    /// <summary>The next answer to any device; its report's id as the JSON text that the answer has.</summary>
    public async Task<(string Id, string Brief, string Text)> AnswerAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var (topic, payload) = await _link.Outgoing.Reader.ReadAsync(deadline.Token);
            if (!topic.EndsWith("/answer", StringComparison.Ordinal))
            {
                continue;
            }

            var json = JsonSerializer.Deserialize<JsonElement>(payload);
            var brief = json.GetProperty("stored").GetBoolean() ? "stored" : json.GetProperty("error").GetProperty("code").GetString()!;
            return (json.GetProperty("report").GetRawText(), brief, Encoding.UTF8.GetString(payload));
        }
    }

    /// <summary>Executes a command.</summary>
    public async Task<Result<T>> DoAsync<T>(JournalCommand<T> command) => await _journal.ExecuteAsync(command);

    /// <summary>A device sends a report in the contract's form and gets its answer.</summary>
    public async Task<string> TellAsync(string device, string type, object data)
    {
        Report(device, Proper(type, data));
        return (await AnswerAsync()).Brief;
    }

    /// <summary>A new report in the contract's form.</summary>
    public static byte[] Proper(string type, object data) =>
        ProtocolJson.Write(new { id = Guid.CreateVersion7(), sequence = 1, at = "2026-11-23T08:00:00+07:00", type, data });

    /// <summary>Whether the service still listens.</summary>
    public bool IsListening => _service.ExecuteTask is { IsCompleted: false };

    public IReadOnlyList<DeviceFaultDocument> FaultsOf(string device) => Devices.Read().Single(one => one.Id == device).Faults;

    /// <summary>A row of a read table as its values.</summary>
    public string Row(string sql)
    {
        using var reader = Database.OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        return row.Read() ? string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column))) : "";
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        _journal.Dispose();
        _meter.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Send(string device, bool isPresence, byte[] message) => _link.Incoming.Writer.TryWrite(
        new DeviceMessage(device, isPresence, message, ConnectedAt, ReceivedAt ?? _clock.GetTimestamp()));

    private sealed class Link : IDeviceLink
    {
        public Channel<DeviceMessage> Incoming { get; } = Channel.CreateUnbounded<DeviceMessage>();

        public Channel<(string Topic, byte[] Payload)> Outgoing { get; } = Channel.CreateUnbounded<(string, byte[])>();

        public ChannelReader<DeviceMessage> Messages => Incoming.Reader;

        public void Publish(string topic, byte[] payload, bool retained = false) => Outgoing.Writer.TryWrite((topic, payload));
    }

    private sealed class Log<T>(List<string> faults) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        void ILogger.Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lock (faults)
                {
                    faults.Add($"{formatter(state, exception)} {exception}");
                }
            }
        }
    }
}
