using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using MQTTnet.Protocol;

namespace Reception.Hub.Broker;

/// <summary>All connections to the broker: who signed in on them, and how many there may be.</summary>
internal sealed class BrokerConnections
{
    private readonly Lock _gate = new();
    private readonly HashSet<BrokerConnection> _all = [];
    private readonly LinkedList<BrokerConnection> _unknown = [];

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

    /// <summary>Lets a device sign in on a connection, or says why not.</summary>
    public MqttConnectReasonCode SignIn(BrokerConnection connection, string device, string secretHash, string clientId)
    {
        lock (_gate)
        {
            var namesakes = _all.Where(other => other.ClientId == clientId).ToList();
            if (namesakes.Exists(other => other.Device != device))
            {
                return MqttConnectReasonCode.ClientIdentifierNotValid;
            }

            if (_all.Count(other => other.Device == device) - namesakes.Count >= BrokerLimits.ConnectionsPerDevice)
            {
                return MqttConnectReasonCode.ServerUnavailable;
            }

            _unknown.Remove(connection);
            connection.SignIn(device, secretHash, clientId);
            return MqttConnectReasonCode.Success;
        }
    }

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
        var connection = new BrokerConnection(context);
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
