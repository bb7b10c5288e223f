using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Device.Settings;
using Reception.Device.Storage;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Device.Session;

/// <summary>
/// A device's life at the broker: presence at every connection and every 15 s under a session of its own, the hall as the hub
/// publishes it, commands carried out once per id, and the way in for facts (<see cref="Outbox"/>) and requests
/// (<see cref="Requests"/>).
/// </summary>
public sealed class DeviceSession : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PresenceEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(20);

    // A hub that has just been restored may know the device again within seconds.
    private const int RejectionsUntilRevoked = 3;

    private readonly DeviceIdentity _identity;
    private readonly TimeProvider _time;
    private readonly ILogger<DeviceSession> _log;
    private readonly DeviceDatabase _database;
    private readonly DeviceStore _store;
    private readonly IMqttLink _link;
    private readonly HubWatch _hub;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Guid> _unkept = [];
    private readonly Lock _gate = new();
    private readonly Guid _boot;
    private Guid _session;
    private int _rejections;
    private long _presentAt;
    private long _tickedAt;
    private DeviceState _state = new(IsLinked: false, IsHubAway: true, Hall: null);
    private Task[] _running = [];

    /// <summary>Nothing is sent before <see cref="Start"/>. A database that was damaged becomes a fault.</summary>
    /// <param name="identity">Who the device is.</param>
    /// <param name="broker">Where the broker is.</param>
    /// <param name="database">What the device keeps; it is disposed of after the session.</param>
    /// <param name="link">Makes the link: <c>options => new MqttLink(options, time, logger)</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where the log goes.</param>
    public DeviceSession(
        DeviceIdentity identity, BrokerAddress broker, DeviceDatabase database, Func<MqttLinkOptions, IMqttLink> link, TimeProvider time, ILoggerFactory logs)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(link);
        _identity = identity;
        _time = time;
        _log = logs.CreateLogger<DeviceSession>();
        _hub = new HubWatch(time);
        _boot = Guid.CreateVersion7(time.GetUtcNow());
        _database = database;
        _store = new DeviceStore(database);
        _link = link(new MqttLinkOptions
        {
            Host = broker.Host,
            Port = broker.Port,
            User = identity.Id,
            Secret = broker.Secret,
            Version = broker.Version,
            Authority = broker.Authority,
            Subscriptions = [Topics.Answer(identity.Id), Topics.Command(identity.Id), Topics.Hall],
            NextWill = NextWill,
            Rejected = Rejected,
        });
        var clock = DeviceClock.OfThisMachine(time);
        Outbox = new FactOutbox(_store, Report, time, clock, Random.Shared, logs.CreateLogger<FactOutbox>());
        Requests = new Requests(_store, Report, time, clock);
        _link.Changed += Linked;
        if (database.Replaced is { } damaged)
        {
            TellDamage(damaged);
        }
    }

    /// <summary>Raised after <see cref="State"/> changed, on a thread of the session's; handlers return at once.</summary>
    public event Action<DeviceState>? StateChanged;

    /// <summary>
    /// Raised once per command id, whatever is repeated or replayed, even over a restart; on a full disk until the restart alone. Handlers return
    /// at once, and do longer work elsewhere.
    /// </summary>
    public event Action<Command>? Commanded;

    /// <summary>Raised once the hub has not accepted the device's secret three times in a row; handlers return at once.</summary>
    public event Action? Revoked;

    /// <summary>Facts: kept on disk until the hub has answered them.</summary>
    public FactOutbox Outbox { get; }

    /// <summary>Requests: for a person who waits, given up after 10 s.</summary>
    public Requests Requests { get; }

    /// <summary>Tells how the devices on this one's serial lines are, for its presence; null where it has none.</summary>
    public Func<IReadOnlyList<SerialHealth>>? SerialPorts { get; init; }

    /// <summary>Ends only with a fault that the session cannot go on from, or after it was disposed of: the program ends then.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the session's work goes on; true before <see cref="Start"/>.</summary>
    public bool IsAlive => _running.Length == 0 || _time.GetElapsedTime(Interlocked.Read(ref _tickedAt)) < LongestTick;

    /// <summary>What is known of the hall now.</summary>
    public DeviceState State
    {
        get
        {
            lock (_gate)
            {
                return _state with { IsHubAway = !_state.IsLinked || _hub.IsAway };
            }
        }
    }

    /// <summary>The hub's time, as well as this device knows it; its own clock may be wrong.</summary>
    public DateTimeOffset HubTime
    {
        get
        {
            lock (_gate)
            {
                return _hub.Time;
            }
        }
    }

    /// <summary>Starts connecting, and returns at once. What the outbox still holds from an earlier run is sent.</summary>
    public void Start()
    {
        _tickedAt = _time.GetTimestamp();
        _running = [Task.Run(ReadAsync), Task.Run(TickAsync), Task.Run(() => Outbox.RunAsync(_stop.Token))];
        Completion = Task.WhenAny([.. _running, _database.Damage]).Unwrap();
        _link.Start();
    }

    /// <summary>Says at once what the presence tells of, because it changed; the next one is 15 s away again.</summary>
    public void SayPresent()
    {
        Interlocked.Exchange(ref _presentAt, _time.GetTimestamp());
        _link.TryPublish(Topics.Presence(_identity.Id), Presence(online: true), retained: true);
    }

    /// <summary>Says that the device goes, and ends. The outbox stays on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _link.TryPublish(Topics.Presence(_identity.Id), Presence(online: false), retained: true);
        _link.Changed -= Linked;
        await _link.DisposeAsync();
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Outbox.Dispose();
        _stop.Dispose();
    }

    private void TellDamage(string damaged)
    {
        try
        {
            Outbox.Keep(ReportTypes.DeviceFault, new DeviceFault(
                "database",
                $"Tệp dữ liệu của thiết bị bị hỏng và đã được thay bằng tệp mới; các báo cáo chưa gửi đã mất. Tệp hỏng: {damaged}."));
        }
        catch (FactNotKeptException exception)
        {
            _log.LogError(DeviceEvents.DamageNotTold, exception, "The fault database could not be written to this machine's disk");
        }
    }

    private MqttWill NextWill()
    {
        _session = Guid.CreateVersion7(_time.GetUtcNow());
        return new MqttWill(Topics.Presence(_identity.Id), Presence(online: false), Retained: true);
    }

    private byte[] Presence(bool online) => ProtocolJson.Write(new Presence
    {
        Online = online,
        Kind = _identity.Kind,
        Session = _session,
        Boot = _boot,
        Software = _identity.Software,
        Counter = _identity.Counter,
        At = _time.GetLocalNow(),
        SerialPorts = SerialPorts?.Invoke(),
    });

    private bool Report(byte[] report) => _link.TryPublish(Topics.Report(_identity.Id), report);

    private void Rejected()
    {
        if (Interlocked.Increment(ref _rejections) == RejectionsUntilRevoked)
        {
            Revoked?.Invoke();
        }
    }

    private void Linked(bool up)
    {
        if (up)
        {
            Interlocked.Exchange(ref _rejections, 0);
            SayPresent();
        }

        Change(state => state with { IsLinked = up });
        Outbox.Linked(up);
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            if (_link.IsConnected && _time.GetElapsedTime(Interlocked.Read(ref _presentAt)) >= PresenceEvery)
            {
                SayPresent();
            }

            Change(state => state);
            Interlocked.Exchange(ref _tickedAt, _time.GetTimestamp());
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var message in _link.Messages.ReadAllAsync(_stop.Token))
        {
            try
            {
                Take(message);
            }
            catch (Exception fault) when (!_stop.IsCancellationRequested)
            {
                _log.LogError(DeviceEvents.MessageFailed, fault, "A message on {Topic} could not be carried out", message.Topic);
            }
        }
    }

    private void Take(MqttMessage message)
    {
        if (message.Topic == Topics.Hall)
        {
            if (Read<HallDocument>(message) is { } hall)
            {
                Change(state =>
                {
                    _hub.See(hall, message.Retained);
                    return state with { Hall = hall };
                });
            }
        }
        else if (message.Topic == Topics.Answer(_identity.Id))
        {
            if (Read<Answer>(message) is { } answer && !Requests.Take(answer))
            {
                Outbox.Take(answer);
            }
        }
        else if (message.Topic == Topics.Command(_identity.Id) && Read<Command>(message) is { } command && IsNew(command))
        {
            Commanded?.Invoke(command);
        }
    }

    // A full disk keeps no id, and is no reason to leave a sign, the faces or a slip as they were.
    private bool IsNew(Command command)
    {
        if (_unkept.Contains(command.Id))
        {
            return false;
        }

        try
        {
            return _store.AddCommand(command.Id);
        }
        catch (SqliteException fault)
        {
            _log.LogError(
                DeviceEvents.CommandNotKept, fault, "The command {Command} ({Type}) is carried out and can't be written down: free some space on this machine's disk", command.Id, command.Type);
            return _unkept.Add(command.Id);
        }
    }

    private T? Read<T>(MqttMessage message) where T : class
    {
        var read = ProtocolJson.Read<T>(message.Payload.Span);
        if (read is null)
        {
            _log.LogWarning(DeviceEvents.MessageUnread, "A message of {Bytes} bytes on {Topic} is not what the wire contract says", message.Payload.Length, message.Topic);
        }

        return read;
    }

    private void Change(Func<DeviceState, DeviceState> change)
    {
        DeviceState before, after;
        lock (_gate)
        {
            before = _state;
            _state = change(_state);
            _state = _state with { IsHubAway = !_state.IsLinked || _hub.IsAway };
            after = _state;
        }

        if (before.IsHubAway != after.IsHubAway)
        {
            if (after.IsHubAway)
            {
                _log.LogWarning(DeviceEvents.HubAway, "The hub is away");
            }
            else
            {
                _log.LogInformation(DeviceEvents.HubSeen, "The hub is there");
            }
        }

        if (before != after)
        {
            StateChanged?.Invoke(after);
        }
    }
}
