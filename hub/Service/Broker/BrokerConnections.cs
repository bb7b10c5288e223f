using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using MQTTnet.Protocol;

namespace Reception.Hub.Broker;

/// <summary>All connections to the broker: who signed in on them, and how many there may be.</summary>
internal sealed class BrokerConnections(TimeProvider timeProvider)
{
    private const int SecondSessionsKept = 1024;
    private const int FloodsKept = 256;

    private readonly Lock _gate = new();
    private readonly HashSet<BrokerConnection> _all = [];
    private readonly LinkedList<BrokerConnection> _unknown = [];
    private readonly Channel<SecondSession> _secondSessions = Channel.CreateBounded<SecondSession>(
        new BoundedChannelOptions(SecondSessionsKept) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<Flood> _floods = Channel.CreateBounded<Flood>(
        new BoundedChannelOptions(FloodsKept) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Sign-ins of a device while another client was connected as the same device. One reader.</summary>
    public ChannelReader<SecondSession> SecondSessions => _secondSessions.Reader;

    /// <summary>Devices that began to flood. One reader.</summary>
    public ChannelReader<Flood> Floods => _floods.Reader;

    /// <summary>Serves a connection until it ends.</summary>
    public async Task ServeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        using var connection = Accept(context);
        context.Features.Set(connection);
        // At a stop the server waits for its connections; devices know that the hub is gone by the loss of theirs.
        await using var stopping = context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().ConnectionClosedRequested
            .Register(() => connection.Abort("The hub stops."));
        try
        {
            await next(context);
        }
        finally
        {
            lock (_gate)
            {
                _all.Remove(connection);
                _unknown.Remove(connection);
            }
        }
    }

    /// <summary>Lets a device sign in on a connection, or says why not. A client that comes again takes over from its older connection.</summary>
    public MqttConnectReasonCode SignIn(BrokerConnection connection, string device, string secretHash, string clientId, long now)
    {
        List<BrokerConnection> namesakes;
        lock (_gate)
        {
            namesakes = _all.Where(other => other.ClientId == clientId).ToList();
            if (namesakes.Exists(other => other.Device != device))
            {
                return MqttConnectReasonCode.ClientIdentifierNotValid;
            }

            if (_all.Count(other => other.Device == device) - namesakes.Count >= BrokerLimits.ConnectionsPerDevice)
            {
                return MqttConnectReasonCode.ServerUnavailable;
            }

            _unknown.Remove(connection);
            connection.SignIn(device, secretHash, clientId, now);
            if (_all.FirstOrDefault(other => other.Device == device && other.ClientId != clientId) is { } other)
            {
                _secondSessions.Writer.TryWrite(new SecondSession(device, connection.Address, other.Address));
            }
        }

        // Ended here, because the broker first says goodbye, and a dead connection takes no more.
        namesakes.ForEach(namesake => namesake.Abort("The client connected again."));
        return MqttConnectReasonCode.Success;
    }

    /// <summary>A device began to flood.</summary>
    public void AddFlood(BrokerConnection connection) => _floods.Writer.TryWrite(new Flood(connection.Device!, connection.Address));

    /// <summary>The newest connection of each client that is connected as a device, oldest first.</summary>
    public IReadOnlyList<BrokerConnection> SessionsOf(string device) =>
        [.. Where(connection => connection.Device == device).OrderBy(connection => connection.SignedInAt).GroupBy(connection => connection.ClientId).Select(client => client.Last())];

    /// <summary>The connections of devices for which this is true.</summary>
    public IReadOnlyList<BrokerConnection> Where(Func<BrokerConnection, bool> isMeant)
    {
        lock (_gate)
        {
            return [.. _all.Where(connection => connection.Device is not null && isMeant(connection))];
        }
    }

    private BrokerConnection Accept(ConnectionContext context)
    {
        var connection = new BrokerConnection(context, timeProvider);
        BrokerConnection? surplus = null;
        lock (_gate)
        {
            _all.Add(connection);
            _unknown.AddLast(connection);
            if (_unknown.Count > BrokerLimits.UnknownConnections)
            {
                surplus = _unknown.GroupBy(one => one.Address).MaxBy(address => address.Count())!.First();
                _unknown.Remove(surplus);
            }
        }

        surplus?.Abort("Too many connections that have not signed in.");
        return connection;
    }
}

/// <summary>A device signed in while another client was connected as the same device.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Address">Where the new client is.</param>
/// <param name="OtherAddress">Where the other one is.</param>
internal sealed record SecondSession(string Device, string Address, string OtherAddress);

/// <summary>A device goes on sending more than it may.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Address">Where it is.</param>
internal sealed record Flood(string Device, string Address);
