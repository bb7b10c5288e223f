using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Reception.Mqtt;

/// <summary>One connection to the broker: opened once, and closed for good.</summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    /// <summary>From the first SYN to the SUBACK, and for each later acknowledgement.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long messages that were handed over may still take to leave when the link stops.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly MqttLinkOptions _options;
    private readonly string _clientId;
    private readonly ChannelWriter<MqttMessage> _received;
    private readonly TimeProvider _timeProvider;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _outgoing = Channel.CreateUnbounded<MqttApplicationMessage>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();

    public MqttConnection(MqttLinkOptions options, string clientId, ChannelWriter<MqttMessage> received, TimeProvider timeProvider)
    {
        (_options, _clientId, _received, _timeProvider) = (options, clientId, received, timeProvider);
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        _client.DisconnectedAsync += disconnected =>
        {
            _lost.TrySetResult(disconnected.Exception?.GetBaseException().Message ?? disconnected.ReasonString ?? $"{disconnected.Reason}");
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects and subscribes; the reason where the broker can't be reached or does not accept this device, else null.</summary>
    public async Task<string?> OpenAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(Patience, _timeProvider);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            var connected = await _client.ConnectAsync(ClientOptions(), attempt.Token);
            if (connected.ResultCode != MqttClientConnectResultCode.Success)
            {
                if (connected.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized)
                {
                    _options.Rejected?.Invoke();
                }

                return $"the broker does not accept this device: {connected.ReasonString ?? $"{connected.ResultCode}"}";
            }

            if (_options.Subscriptions.Count == 0)
            {
                return null;
            }

            var subscribed = await _client.SubscribeAsync(Subscriptions(), attempt.Token);
            return subscribed.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } rejected
                ? $"the broker does not accept the subscription to {rejected.TopicFilter.Topic}: {rejected.ResultCode}"
                : null;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            return deadline.IsCancellationRequested ? $"no answer within {Patience.TotalSeconds} s" : exception.GetBaseException().Message;
        }
    }

    public bool TryPublish(string topic, byte[] payload, bool retained) => _outgoing.Writer.TryWrite(new MqttApplicationMessage
    {
        Topic = topic,
        PayloadSegment = payload,
        Retain = retained,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    });

    /// <summary>Sends until the connection is lost or the link stops; gives the reason.</summary>
    public async Task<string> EndAsync(CancellationToken stop)
    {
        using var abandoned = new CancellationTokenSource();
        var sending = SendAsync(abandoned.Token);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, stop);
        var ended = await Task.WhenAny(_lost.Task, sending, stopped);
        _outgoing.Writer.TryComplete();
        if (ended == stopped)
        {
            await Task.WhenAny(_lost.Task, sending, Task.Delay(LongestGoodbye, _timeProvider, CancellationToken.None));
        }

        await abandoned.CancelAsync();
        var unsent = await sending;
        return _lost.Task.IsCompleted ? await _lost.Task : unsent;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        using var goodbye = new CancellationTokenSource(LongestGoodbye, _timeProvider);
        if (_client.IsConnected)
        {
            try
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), goodbye.Token);
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                // The connection is gone; there is nobody to say goodbye to.
            }
        }

        _client.Dispose();
        _closing.Dispose();
    }

    /// <summary>Sends one message after the other, each once the broker has acknowledged the one before.</summary>
    private async Task<string> SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await _client.PublishAsync(message, cancellationToken);
            }

            return "stopped";
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            return exception.GetBaseException().Message;
        }
    }

    // A reader that is behind gets no further acknowledgement out: nothing is lost, and memory stays bounded.
    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        var message = received.ApplicationMessage;
        try
        {
            await _received.WriteAsync(new MqttMessage(message.Topic, message.Payload.ToArray(), message.Retain), _closing.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            received.ProcessingFailed = true;
        }
    }

    private MqttClientOptions ClientOptions()
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(_options.Host, _options.Port)
            .WithProtocolVersion(_options.Version == MqttVersion.V5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311)
            .WithClientId(_clientId)
            .WithCredentials(_options.User, _options.Secret)
            .WithCleanStart()
            .WithKeepAlivePeriod(_options.KeepAlive)
            .WithTimeout(Patience)
            // Asked for only by bridges, and some brokers refuse it.
            .WithTryPrivate(false);
        if (_options.Authority is { } authority)
        {
            builder.WithTlsOptions(tls => tls
                .WithTargetHost(_options.Host)
                .WithCertificateValidationHandler(presented => PinnedAuthority.Accepts(authority, presented.Certificate, presented.SslPolicyErrors)));
        }

        if (_options.NextWill?.Invoke() is { } will)
        {
            builder
                .WithWillTopic(will.Topic)
                .WithWillPayload(will.Payload)
                .WithWillRetain(will.Retained)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }

        return builder.Build();
    }

    private MqttClientSubscribeOptions Subscriptions()
    {
        var builder = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in _options.Subscriptions)
        {
            builder.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        return builder.Build();
    }

    private static bool IsFailure(Exception exception) =>
        exception is MqttCommunicationException or OperationCanceledException or IOException or InvalidOperationException;
}
