using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Reception.Hub;
using Reception.Hub.Broker;
using Reception.Hub.Journal;
using Reception.Hub.Registry;
using Reception.Hub.Screens.Console;
using Reception.Hub.Site;
using Reception.Hub.Tickets;
using Reception.Protocol;
using Reception.Theme;
using HallDevice = Reception.Hub.Site.Device;

namespace Reception.Unit.Tests.Registry;

/// <summary>The hub's way from a device's message to its answer, on a real journal; a test holds the other end of the link.</summary>
internal sealed class ListeningHub : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("listening-").FullName;
    private readonly SetupBook _book;
    private readonly JournalWriter _journal;
    private readonly BrokerService _service;
    private readonly Link _link = new();

    private ListeningHub(TimeProvider clock)
    {
        _book = SetupBook.Open(_folder, new SiteRules(AlwaysOpen: true, TicketsPerDeviceAndMinute: 0));
        _book.SetHall(HallFile.Parse(Encoding.UTF8.GetBytes(SmallHall.Plan)), demonstration: false);
        _book.AddDevice(new HallDevice("kiosk-1", DeviceKinds.Kiosk, Counter: null, SecretHash: ""), clock.GetUtcNow());
        _book.AddDevice(new HallDevice("desk-1", DeviceKinds.CounterAgent, Counter: 1, SecretHash: ""), clock.GetUtcNow());
        _book.AddDevice(new HallDevice("rater-1", DeviceKinds.Rater, Counter: 1, SecretHash: ""), clock.GetUtcNow());

        var hallClock = new HallClock(clock);
        var renderer = new Renderer(_book);
        var board = new HallBoard();
        var file = new JournalFile(_folder);
        _journal = new JournalWriter(
            file,
            board,
            renderer,
            hallClock,
            () => _book.Current.Rules,
            exception => Faults.Add($"{exception}"),
            new Log<JournalWriter>(Faults));
        var options = new HubOptions { Data = _folder, Http = "http://127.0.0.1:1" };
        var links = new TicketLinks(options);
        var health = new DeviceHealth(hallClock);
        Post = new BrokerPost(_link, hallClock, renderer);
        _service = new BrokerService(
            _link, Post, new Reports(links), health, new DeskState(Post, board, _book, hallClock), _journal, board, _book, hallClock,
            new Log<BrokerService>(Faults));
        Devices = new DeviceList(_book, health, file, renderer, new Phrasebook([typeof(DeviceList).Assembly]), hallClock);
        Lights = new DeviceLights(Devices, hallClock);
    }

    public BrokerPost Post { get; }

    public DeviceList Devices { get; }

    public DeviceLights Lights { get; }

    /// <summary>What was logged as an error.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<ListeningHub> StartAsync(TimeProvider clock)
    {
        var hub = new ListeningHub(clock);
        hub._journal.Start();
        await hub._journal.ReadyAsync();
        await hub._service.StartAsync(CancellationToken.None);
        return hub;
    }

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

    /// <summary>Carries out a command; gives the code of its refusal, or <c>ok</c>, and its body.</summary>
    public async Task<(string Brief, JsonElement Body)> DoAsync(JournalCommand command)
    {
        var told = await _journal.SubmitAsync(command);
        return (told.IsRefusal ? Problem.ErrorOf(told).Code : "ok", JsonSerializer.Deserialize<JsonElement>(told.Body));
    }

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
        using var reader = new JournalFile(_folder).OpenReader();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        return row.Read() ? string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(column => row.GetValue(column))) : "";
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        _journal.Dispose();
        _book.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Send(string device, bool isPresence, byte[] message) => _link.Incoming.Writer.TryWrite(new DeviceMessage(device, isPresence, message));

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
