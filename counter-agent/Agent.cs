using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reception.CounterAgent.Keypad;
using Reception.CounterAgent.Printer;
using Reception.CounterAgent.Rater;
using Reception.CounterAgent.Sign;
using Reception.Device.Serial;
using Reception.Device.Session;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.CounterAgent;

/// <summary>One desk: its serial lines on one side, the broker on the other.</summary>
internal sealed class Agent : BackgroundService
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(LineSettings Settings, SerialLine Line, IDeskDevice Device)> _lines = [];
    private readonly PressBook _book;
    private readonly Desk _desk;
    private readonly Faults _faults;
    private readonly DeviceSession _session;
    private readonly PrinterParts? _printer;

    public Agent(AgentSettings settings, string version, ISerialPorts ports, TimeProvider time, ILoggerFactory logs)
    {
        _book = new PressBook(settings.Data);
        _desk = new Desk(time, logs.CreateLogger<Desk>());
        _session = new DeviceSession(
            new DeviceIdentity(settings.Device, DeviceKinds.CounterAgent, settings.Counter, version),
            settings.Broker,
            settings.Data,
            options => new MqttLink(options, time, logs.CreateLogger<MqttLink>()),
            time,
            logs)
        {
            SerialPorts = () => [.. _lines.Select(one => Describe(one.Settings, one.Line, one.Device))],
        };
        _faults = new Faults(_session.Outbox, logs.CreateLogger<Faults>());
        _session.Commanded += _desk.CarryOut;
        _session.StateChanged += _desk.See;

        if (settings is { Printer: { } printer, Hub: { } hub })
        {
            _printer = new PrinterParts(printer, hub, settings.Data, _session, time, logs);
        }
        else
        {
            _session.Commanded += new MissingPrinter(_session.Outbox, logs.CreateLogger<MissingPrinter>()).CarryOut;
        }

        var names = new BoxNames();
        foreach (var wanted in settings.Serial)
        {
            var line = new SerialLine(wanted.Path, wanted.Baud, ports, time, Random.Shared, logs.CreateLogger<SerialLine>());
            var device = Attach(settings, wanted, line, names, time, logs);
            line.StatusChanged += () => Tell(wanted, line);
            device.HealthChanged += _session.SayPresent;
            _lines.Add((wanted, line, device));
        }
    }

    /// <summary>Whether the work with the hub goes on.</summary>
    public bool IsAlive => _session.IsAlive;

    public override void Dispose()
    {
        _book.Dispose();
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

    private IDeskDevice Attach(AgentSettings settings, LineSettings wanted, SerialLine line, BoxNames names, TimeProvider time, ILoggerFactory logs)
    {
        switch (wanted.Role)
        {
            case LineSettings.Rater:
                var box = new RaterBox(line, _desk, _book, names, _session.Outbox, _faults, time, logs.CreateLogger<RaterBox>());
                _desk.InvitationChanged += box.Invite;
                _desk.Identified += box.Identify;
                return box;
            case LineSettings.Sign:
                var sign = new DeskSign(line, _desk, settings.Device, time);
                _desk.ShownChanged += sign.Show;
                _desk.Identified += sign.Identify;
                return sign;
            default:
                return new DeskKeypad(line, _session.Requests, time, logs.CreateLogger<DeskKeypad>(), _stop.Token);
        }
    }

    private void Tell(LineSettings wanted, SerialLine line)
    {
        if (line.Status is { Message: { } problem, State: var state })
        {
            _faults.Tell($"serial-{Word(state)}", $"{wanted.Role}: {problem}");
        }

        _session.SayPresent();
    }

    private static SerialHealth Describe(LineSettings wanted, SerialLine line, IDeskDevice device) => device.Describe(new SerialHealth
    {
        Role = wanted.Role,
        Path = wanted.Path,
        Device = line.Device,
        State = Word(line.Status?.State ?? LineState.Absent),
        Message = line.Status?.Message,
        BadFrames = line.BadFrames,
    });

    private static string Word(LineState state) => state switch
    {
        LineState.Open => "open",
        LineState.Absent => "absent",
        LineState.Denied => "denied",
        LineState.Busy => "busy",
        LineState.Silent => "silent",
        _ => "unusable",
    };
}
