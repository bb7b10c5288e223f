using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reception.Device.Session;
using Reception.Device.Settings;
using Reception.Device.Storage;
using Reception.Hall.Simulation;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Simulator;

/// <summary>The simulated devices, each linked as a real one: the bench kiosks, and at each counter one that takes presses.</summary>
internal sealed class Devices : IAsyncDisposable
{
    /// <summary>The touch rater of the demonstration is the real program; its counter's presses come from the desk.</summary>
    private const string RealRater = "rater-1";

    private readonly List<DeviceSession> _all = [];
    private readonly List<DeviceDatabase> _databases = [];
    private readonly ConcurrentDictionary<Guid, Opinion> _opinions = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public Devices(SimulatedHall hall, TimeProvider time, ILoggerFactory logs)
    {
        _time = time;
        _log = logs.CreateLogger<Devices>();
        var staffed = hall.Ward.Counters.Select(one => one.Number).ToHashSet();
        foreach (var device in hall.Devices)
        {
            var isPress = device.Counter is { } counter && staffed.Contains(counter) && device.Id == PressesAt(counter);
            if (!isPress && !device.Id.StartsWith("bench-", StringComparison.Ordinal))
            {
                continue;
            }

            var session = Link(hall, device, time, logs);
            if (isPress)
            {
                session.Commanded += command => Obey(session, command);
            }
            else
            {
                Kiosks.Add(session);
            }

            _all.Add(session);
            session.Start();
        }
    }

    public List<DeviceSession> Kiosks { get; } = [];

    /// <summary>The hall as the hub publishes it; null before the first, or while the hub is away.</summary>
    public HallDocument? Hall => Kiosks[0].State is { IsHubAway: false } state ? state.Hall : null;

    /// <summary>Tells the device at the counter what the citizen of a ticket thinks; it is pressed once the invitation comes.</summary>
    public void Expect(Guid ticket, Opinion opinion) => _opinions[ticket] = opinion;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_all.Select(one => one.DisposeAsync().AsTask()));
        _databases.ForEach(one => one.Dispose());
        _stop.Dispose();
    }

    private static string PressesAt(int counter) => $"rater-{counter}" == RealRater ? $"desk-{counter}" : $"rater-{counter}";

    private DeviceSession Link(SimulatedHall hall, DemonstrationDevice device, TimeProvider time, ILoggerFactory logs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(hall.Folder, device.Id)).FullName;
        var database = DeviceDatabase.Open(folder, time, logs.CreateLogger<DeviceDatabase>());
        _databases.Add(database);
        var version = Assembly.GetExecutingAssembly().GetName().Version!.ToString(3);
        return new DeviceSession(
            new DeviceIdentity(device.Id, device.Kind, device.Counter, version),
            new BrokerAddress(SimulatedHall.MqttHost, hall.MqttPort, device.Secret),
            database,
            options => new MqttLink(options, time, logs.CreateLogger<MqttLink>()),
            time,
            logs);
    }

    private void Obey(DeviceSession session, Command command)
    {
        if (command.Type == CommandTypes.RatingOpen
            && command.Data.Deserialize<RatingOpen>(ProtocolJson.Options) is { } open
            && _opinions.TryRemove(open.Ticket, out var opinion))
        {
            _ = PressAsync(session, open.Ticket, opinion);
        }
    }

    private async Task PressAsync(DeviceSession session, Guid ticket, Opinion opinion)
    {
        try
        {
            await Task.Delay(opinion.After, _time, _stop.Token);
            var first = session.Outbox.Keep(ReportTypes.RatingPressed, new { level = opinion.Level, ticket });
            if (opinion.ThenChangesTo is { } second)
            {
                await Task.Delay(TimeSpan.FromSeconds(2), _time, _stop.Token);
                session.Outbox.Keep(ReportTypes.RatingPressed, new { level = second, ticket });
            }

            if (opinion.Reason is { } reason && (opinion.ThenChangesTo ?? opinion.Level) <= 2)
            {
                await Task.Delay(TimeSpan.FromSeconds(3), _time, _stop.Token);
                session.Outbox.Keep(ReportTypes.RatingReasoned, new { rating = first.Id, reason });
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The simulation ends before this citizen has pressed: nothing is owed.
        }
        catch (Exception problem)
        {
            _log.LogError(SimulatorEvents.PressFailed, problem, "A press for ticket {Ticket} could not be kept", ticket);
        }
    }
}
