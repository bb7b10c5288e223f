using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent.Keypad;
using Reception.CounterAgent.Printer;
using Reception.CounterAgent.Rater;
using Reception.CounterAgent.Sign;
using Reception.Device.Paper;
using Reception.Device.Serial;
using Reception.Device.Session;
using Reception.Device.Storage;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.CounterAgent.Startup;

/// <summary>One counter: its serial devices on one side, the broker on the other.</summary>
internal sealed class Agent : BackgroundService
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(SerialOptions Settings, SerialConnection Line, ICounterDevice Device)> _lines = [];
    private readonly DeviceDatabase _database;
    private readonly PressStore _presses;
    private readonly CounterState _counter;
    private readonly Faults _faults;
    private readonly DeviceSession _session;
    private readonly PrinterParts? _printer;

    public Agent(AgentOptions options, string version, ISerialPorts ports, TimeProvider time, ILoggerFactory logs)
    {
        _database = DeviceDatabase.Open(options.Data, time, logs.CreateLogger<DeviceDatabase>());
        _presses = new PressStore(_database);
        _counter = new CounterState(time, logs.CreateLogger<CounterState>());
        var broker = options.Broker.Address();
        _session = new DeviceSession(
            new DeviceIdentity(options.Device, DeviceKinds.CounterAgent, options.Counter, version),
            broker,
            _database,
            link => new MqttLink(link, time, logs.CreateLogger<MqttLink>()),
            time,
            logs)
        {
            SerialPorts = () => [.. _lines.Select(one => Describe(one.Settings, one.Line, one.Device))],
        };
        _faults = new Faults(_session.Outbox, logs.CreateLogger<Faults>());
        _session.Commanded += _counter.CarryOut;
        _session.StateChanged += _counter.See;

        if (PrinterSettings.Of(options) is { } printer && options.Hub is { } hub)
        {
            _printer = new PrinterParts(printer, HubHttp.Open(hub, broker.Authority), _database, _session, time, logs);
        }
        else
        {
            _session.Commanded += new MissingPrinter(_session.Outbox, logs.CreateLogger<MissingPrinter>()).CarryOut;
        }

        var names = new BoxNames();
        foreach (var wanted in options.Serial)
        {
            var line = new SerialConnection(wanted.Path, wanted.Baud, ports, time, Random.Shared, logs.CreateLogger<SerialConnection>());
            var device = Attach(options, wanted, line, names, time, logs);
            line.StatusChanged += () => Tell(wanted, line);
            device.HealthChanged += _session.SayPresent;
            _lines.Add((wanted, line, device));
        }
    }

    /// <summary>The session with the hub.</summary>
    public DeviceSession Session => _session;

    /// <summary>Whether the work with the hub goes on.</summary>
    public bool IsAlive => _session.IsAlive;

    public override void Dispose()
    {
        _database.Dispose();
        _stop.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            _session.Start();
            _lines.ForEach(one => one.Line.Start(one.Device));
            var printing = _printer?.RunAsync(_stop.Token) ?? Task.Delay(Timeout.Infinite, _stop.Token);
            await Task.WhenAny(_session.Completion, printing).Unwrap().WaitAsync(stoppingToken);
        }
        finally
        {
            // The lines first: what they still keep finds its outbox.
            await _stop.CancelAsync();
            _lines.ForEach(one => one.Line.Dispose());
            if (_printer is { } printer)
            {
                await printer.DisposeAsync();
            }

            await _session.DisposeAsync();
        }
    }

    private ICounterDevice Attach(AgentOptions options, SerialOptions wanted, SerialConnection line, BoxNames names, TimeProvider time, ILoggerFactory logs)
    {
        switch (wanted.Role)
        {
            case SerialOptions.Rater:
                var box = new RaterBox(line, _counter, _presses, names, _session.Outbox, _faults, time, logs.CreateLogger<RaterBox>());
                _counter.InvitationChanged += box.Invite;
                _counter.Identified += box.Identify;
                return box;
            case SerialOptions.Sign:
                var sign = new CounterSign(line, _counter, options.Device, time);
                _counter.ShownChanged += sign.Show;
                _counter.Identified += sign.Identify;
                return sign;
            default:
                return new CounterKeypad(line, _session.Requests, time, logs.CreateLogger<CounterKeypad>(), _stop.Token);
        }
    }

    private void Tell(SerialOptions wanted, SerialConnection line)
    {
        if (line.Status is { Message: { } problem, State: var state })
        {
            _faults.Tell($"serial-{Word(state)}", $"{wanted.Role}: {problem}");
        }

        _session.SayPresent();
    }

    private static SerialHealth Describe(SerialOptions wanted, SerialConnection line, ICounterDevice device) => device.Describe(new SerialHealth
    {
        Role = wanted.Role,
        Path = wanted.Path,
        Device = line.Device,
        State = Word(line.Status?.State ?? PortState.Absent),
        Message = line.Status?.Message,
        BadFrames = line.BadFrames,
    });

    private static string Word(PortState state) => state switch
    {
        PortState.Open => "open",
        PortState.Absent => "absent",
        PortState.Denied => "denied",
        PortState.Busy => "busy",
        PortState.Silent => "silent",
        _ => "unusable",
    };
}
