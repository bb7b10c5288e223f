using System.Buffers;
using System.Collections;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Reception.Hub.Devices;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Broker;

/// <summary>
/// The MQTT broker: accepts the registered devices, hands their messages to the hub and sends them the hub's. A device publishes and
/// subscribes to its own topics only.
/// </summary>
internal sealed partial class DeviceBroker : BackgroundService, IDeviceLink
{
    private const int MessagesKept = 8192;
    private const string ConnectionItem = "connection";

    private readonly SetupBook _book;
    private readonly IBadMessages _badMessages;
    private readonly BrokerConnections _connections;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<DeviceBroker> _logger;
    private readonly MqttServer _server;
    private readonly Hashtable _hubItems = [];
    private readonly RejectionLog _rejections;
    private readonly Channel<DeviceMessage> _messages = Channel.CreateBounded<DeviceMessage>(new BoundedChannelOptions(MessagesKept) { SingleReader = true });
    private readonly Channel<MqttApplicationMessage> _outgoing = Channel.CreateUnbounded<MqttApplicationMessage>(
        new UnboundedChannelOptions { SingleReader = true });

    public DeviceBroker(
        SetupBook book, IBadMessages badMessages, BrokerConnections connections, BrokerListener listener, RejectionLog rejections,
        TimeProvider timeProvider, ILogger<DeviceBroker> logger)
    {
        (_book, _badMessages, _connections, _rejections, _timeProvider, _logger) = (book, badMessages, connections, rejections, timeProvider, logger);
        var options = new MqttServerOptions
        {
            MaxPendingMessagesPerClient = BrokerLimits.WaitingMessages,
            PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
            DefaultCommunicationTimeout = BrokerLimits.Patience,
        };
        _server = new MqttServer(options, [listener], new MqttNetNullLogger());
        _server.ValidatingConnectionAsync += SignInAsync;
        _server.InterceptingInboundPacketAsync += PaceAsync;
        _server.InterceptingPublishAsync += TakeAsync;
        _server.InterceptingSubscriptionAsync += SubscribeAsync;
        _server.InterceptingOutboundPacketAsync += CountSentAsync;
        _server.ClientAcknowledgedPublishPacketAsync += CountAcknowledgedAsync;
        _server.ApplicationMessageEnqueuedOrDroppedAsync += EndSlowAsync;
        _book.Changed += EndRevoked;
    }

    /// <inheritdoc/>
    public ChannelReader<DeviceMessage> Messages => _messages.Reader;

    /// <inheritdoc/>
    public void Publish(string topic, byte[] payload, bool retained = false) => _outgoing.Writer.TryWrite(new MqttApplicationMessage
    {
        Topic = topic,
        PayloadSegment = payload,
        Retain = retained,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    });

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync();
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _book.Changed -= EndRevoked;
        _server.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(stoppingToken))
        {
            await _server.InjectApplicationMessage(new InjectedMqttApplicationMessage(message) { CustomSessionItems = _hubItems }, stoppingToken);
        }
    }

    private async Task SignInAsync(ValidatingConnectionEventArgs connecting)
    {
        var connection = ((BrokerChannel)connecting.ChannelAdapter).Connection;
        connecting.SessionItems[ConnectionItem] = connection;
        if (!_book.Current.Devices.TryGetValue(connecting.UserName ?? "", out var device)
            || !Secrets.Matches(connecting.Password ?? "", device.SecretHash))
        {
            _rejections.Add($"wrong secret or unknown device {Shown(connecting.UserName)} from {connection.Address}");
            await Task.Delay(BrokerLimits.WrongSecretDelay, _timeProvider, connecting.CancellationToken);
            connecting.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
            return;
        }

        connecting.ReasonCode = _connections.SignIn(connection, device.Id, device.SecretHash, connecting.ClientId, _timeProvider.GetTimestamp());
        if (connecting.ReasonCode != MqttConnectReasonCode.Success)
        {
            _rejections.Add($"{connecting.ReasonCode} for {device.Id} from {connection.Address}");
        }
    }

    /// <summary>Reads nothing more of a device that sends more than it may. Acknowledgements are as many as the hub's own messages.</summary>
    private async Task PaceAsync(InterceptingPacketEventArgs received)
    {
        if (received.Packet is MqttPublishPacket or MqttSubscribePacket or MqttUnsubscribePacket or MqttPingReqPacket
            && Of(received.SessionItems) is var connection
            && await connection.PaceAsync(received.CancellationToken))
        {
            LogFlood(connection.Device!, connection.Address, BrokerLimits.PublishesPerSecond);
            _connections.AddFlood(connection);
        }
    }

    private async Task TakeAsync(InterceptingPublishEventArgs publishing)
    {
        if (ReferenceEquals(publishing.SessionItems, _hubItems))
        {
            return;
        }

        var message = publishing.ApplicationMessage;
        var connection = Of(publishing.SessionItems);
        var device = connection.Device!;
        if (!Topics.MayPublish(device, message.Topic))
        {
            publishing.ProcessPublish = false;
            publishing.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            Reject(device, $"publish to {Shown(message.Topic)}");
            return;
        }

        var isPresence = message.Topic == Topics.Presence(device);
        publishing.ProcessPublish = isPresence;
        // Copied: the bytes that came are the connection's, which it uses again.
        var received = new DeviceMessage(device, isPresence, message.Payload.ToArray(), connection.SignedInAt, _timeProvider.GetTimestamp());
        await _messages.Writer.WriteAsync(received, publishing.CancellationToken);
    }

    private Task SubscribeAsync(InterceptingSubscriptionEventArgs subscribing)
    {
        var device = Of(subscribing.SessionItems).Device!;
        if (!Topics.MaySubscribe(device, subscribing.TopicFilter.Topic))
        {
            // Acknowledged, as brokers do that check rights at delivery: it delivers nothing.
            subscribing.ProcessSubscription = false;
            Reject(device, $"subscription to {Shown(subscribing.TopicFilter.Topic)}");
        }

        return Task.CompletedTask;
    }

    private Task CountSentAsync(InterceptingPacketEventArgs sent)
    {
        if (sent.Packet is MqttPublishPacket { QualityOfServiceLevel: not MqttQualityOfServiceLevel.AtMostOnce }
            && Of(sent.SessionItems) is var connection && !connection.Sent())
        {
            EndSlow(connection);
        }

        return Task.CompletedTask;
    }

    private static Task CountAcknowledgedAsync(ClientAcknowledgedPublishPacketEventArgs acknowledged)
    {
        if (acknowledged.IsCompleted)
        {
            Of(acknowledged.SessionItems).Acknowledged();
        }

        return Task.CompletedTask;
    }

    private Task EndSlowAsync(ApplicationMessageEnqueuedEventArgs enqueued)
    {
        if (enqueued.IsDropped)
        {
            foreach (var connection in _connections.Where(connection => connection.ClientId == enqueued.ReceiverClientId))
            {
                EndSlow(connection);
            }
        }

        return Task.CompletedTask;
    }

    private void EndSlow(BrokerConnection connection)
    {
        var reason = $"{connection.Device} does not read or acknowledge: {BrokerLimits.WaitingMessages} messages wait for it";
        _rejections.Add(reason);
        connection.Abort(reason);
    }

    /// <summary>Ends the connections of devices that were revoked or got another secret.</summary>
    private void EndRevoked()
    {
        var devices = _book.Current.Devices;
        foreach (var connection in _connections.Where(connection => devices.GetValueOrDefault(connection.Device!)?.SecretHash != connection.SecretHash))
        {
            LogRevoked(connection.Device!);
            connection.Abort("The device was revoked.");
        }
    }

    private void Reject(string device, string what)
    {
        if (_badMessages.Add(device))
        {
            LogNotAllowed(device, what);
        }
    }

    /// <summary>A session's connection; a session exists only after the sign-in.</summary>
    private static BrokerConnection Of(IDictionary items) => (BrokerConnection)items[ConnectionItem]!;

    /// <summary>A stranger's text, short enough for a log line and without line breaks.</summary>
    private static string Shown(string? text) => $"'{new string([.. (text ?? "").Take(64).Select(letter => char.IsControl(letter) ? '?' : letter)])}'";

    [LoggerMessage(EventId = 2004, Level = LogLevel.Information, Message = "{Device} was revoked or got another secret; its connection is ended")]
    private partial void LogRevoked(string device);

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "{Device} at {Address} sends more than {Most} messages a second; the hub reads it no faster")]
    private partial void LogFlood(string device, string address, int most);

    [LoggerMessage(EventId = 2005, Level = LogLevel.Warning, Message = "{Device} is not allowed this: {What}")]
    private partial void LogNotAllowed(string device, string what);
}
