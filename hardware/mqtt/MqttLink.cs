using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Reception.Mqtt;

/// <summary>
/// The link to the broker over MQTTnet, with a clean session and a random client id. Each attempt has a connection of its own,
/// because the will is new each time and nothing unsent may outlive a connection. The client id stays the same over attempts, so that
/// a new connection takes over from one that the broker does not yet know to be lost.
/// </summary>
public sealed class MqttLink : IMqttLink
{
    private const int MessagesKept = 8192;

    private readonly MqttLinkOptions _options;
    private readonly string _clientId;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<MqttLink> _logger;
    private readonly Channel<MqttMessage> _messages = Channel.CreateBounded<MqttMessage>(
        new BoundedChannelOptions(MessagesKept) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private MqttConnection? _current;
    private Task? _running;
    private bool _disposed;

    /// <summary>Makes the link; nothing happens before <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The port or the keep-alive is out of its range.</exception>
    public MqttLink(MqttLinkOptions options, TimeProvider timeProvider, ILogger<MqttLink> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeepAlive, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.KeepAlive, TimeSpan.FromSeconds(15));
        (_options, _timeProvider, _logger) = (options, timeProvider, logger);
        _clientId = $"{options.User}-{Guid.NewGuid():N}";
    }

    /// <inheritdoc/>
    public event Action<bool>? Changed;

    /// <inheritdoc/>
    public ChannelReader<MqttMessage> Messages => _messages.Reader;

    /// <inheritdoc/>
    public bool IsConnected
    {
        get
        {
            lock (_gate)
            {
                return _current is not null;
            }
        }
    }

    /// <inheritdoc/>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _running ??= Task.Run(RunAsync);
        }
    }

    /// <inheritdoc/>
    public bool TryPublish(string topic, ReadOnlySpan<byte> payload, bool retained = false)
    {
        lock (_gate)
        {
            return !_disposed && _current is not null && _current.TryPublish(topic, payload.ToArray(), retained);
        }
    }

    /// <summary>Sends what was handed over, for 2 s at most, and says goodbye, so that the broker publishes no will.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        await _stop.CancelAsync();
        await (_running ?? Task.CompletedTask);
        _messages.Writer.TryComplete();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var delay = _options.FirstDelay;
        var logged = "";
        while (!_stop.IsCancellationRequested)
        {
            var (wasConnected, reason) = await LiveAsync();
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            if (wasConnected)
            {
                (delay, logged) = (_options.FirstDelay, "");
            }

            if (reason != logged)
            {
                _logger.LogWarning(
                    MqttEvents.Lost, "No link to the broker at {Host}:{Port} as {User}: {Reason}", _options.Host, _options.Port, _options.User, reason);
                logged = reason;
            }

            // Many devices lose the broker at the same moment and must not all come back at the same moment.
            var jittered = delay * (0.8 + (0.4 * Random.Shared.NextDouble()));
            await Task.Delay(jittered, _timeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = TimeSpan.FromTicks(Math.Min(2 * delay.Ticks, 10 * _options.FirstDelay.Ticks));
        }
    }

    /// <summary>One connection, from the first byte to the last: whether it was ever up, and why it ended.</summary>
    private async Task<(bool WasConnected, string Reason)> LiveAsync()
    {
        await using var connection = new MqttConnection(_options, _clientId, _messages.Writer, _timeProvider);
        if (await connection.OpenAsync(_stop.Token) is { } refusal)
        {
            return (false, refusal);
        }

        Set(connection);
        _logger.LogInformation(MqttEvents.Up, "Linked to the broker at {Host}:{Port} as {User}", _options.Host, _options.Port, _options.User);
        Changed?.Invoke(true);
        var reason = await connection.EndAsync(_stop.Token);
        Set(null);
        Changed?.Invoke(false);
        return (true, reason);
    }

    private void Set(MqttConnection? connection)
    {
        lock (_gate)
        {
            _current = connection;
        }
    }
}
