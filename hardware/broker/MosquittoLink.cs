using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Reception.Broker;

/// <summary>
/// The link to the broker over libmosquitto: MQTT 3.1.1, clean session, a random client id. One thread owns the library; a new
/// client is made for every attempt, because the will is new each time and nothing unsent may outlive a connection.
/// </summary>
public sealed class MosquittoLink : IBrokerLink
{
    private const int MessagesKept = 8192;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>From the first SYN to the SUBACK.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    /// <summary>How long what was handed over may still take to leave at a stop.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MosquittoLink> _log;
    private readonly Channel<BrokerMessage> _messages = Channel.CreateBounded<BrokerMessage>(
        new BoundedChannelOptions(MessagesKept) { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private MosquittoClient? _publishing;
    private volatile bool _connected;
    private bool _started;
    private bool _disposed;

    /// <summary>Makes the link; nothing happens before <see cref="Start"/>.</summary>
    /// <exception cref="DllNotFoundException">libmosquitto is not installed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port or the keep-alive is out of its range.</exception>
    public MosquittoLink(BrokerOptions options, TimeProvider time, ILogger<MosquittoLink> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, 65535);
        // libmosquitto knows no keep-alive below 5 s.
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeepAlive, TimeSpan.FromSeconds(5));
        _options = options;
        _time = time;
        _log = log;
        if (Libmosquitto.Initialise() is not Libmosquitto.Success and var error)
        {
            throw new InvalidOperationException($"libmosquitto does not start: {Libmosquitto.DescribeError(error)}");
        }
    }

    /// <inheritdoc/>
    public event Action<bool>? Changed;

    /// <inheritdoc/>
    public ChannelReader<BrokerMessage> Messages => _messages.Reader;

    /// <inheritdoc/>
    public bool IsConnected => _connected;

    /// <inheritdoc/>
    public void Start()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_started)
            {
                return;
            }

            _started = true;
        }

        new Thread(Run) { IsBackground = true, Name = "broker link" }.Start();
    }

    /// <inheritdoc/>
    public bool TryPublish(string topic, ReadOnlySpan<byte> payload, bool retained = false)
    {
        lock (_gate)
        {
            return _publishing is not null && _publishing.Publish(topic, payload, retained);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        bool running;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            running = _started;
            _publishing = null;
        }

        await _stop.CancelAsync();
        if (running)
        {
            await _ended.Task;
        }

        _messages.Writer.TryComplete();
        _stop.Dispose();
    }

    private void Run()
    {
        var delay = FirstDelay;
        var reported = "";
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var (wasUp, reason) = Live();
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                if (wasUp)
                {
                    delay = FirstDelay;
                    reported = "";
                }

                if (reason != reported)
                {
                    _log.LogWarning(BrokerEvents.Lost, "No link to the broker at {Host}:{Port} as {User}: {Reason}", _options.Host, _options.Port, _options.User, reason);
                    reported = reason;
                }

                _stop.Token.WaitHandle.WaitOne(delay);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    /// <summary>One connection, from the first byte to the last: whether it was ever up, and why it is no more.</summary>
    private (bool WasUp, string Reason) Live()
    {
        using var client = new MosquittoClient(_options, _messages.Writer);
        var began = _time.GetTimestamp();
        long? stopping = null;
        var error = client.Connect();
        if (error != Libmosquitto.Success)
        {
            return (false, Libmosquitto.DescribeError(error));
        }

        try
        {
            while (true)
            {
                error = client.Loop();
                if (error is not (Libmosquitto.Success or Libmosquitto.ConnectionPending))
                {
                    return (_connected, client.Refusal ?? Libmosquitto.DescribeError(error));
                }

                client.HandOver(_stop.Token);
                if (_stop.IsCancellationRequested)
                {
                    stopping ??= _time.GetTimestamp();
                    if (!_connected || _time.GetElapsedTime(stopping.Value) > LongestGoodbye)
                    {
                        return (_connected, "stopped");
                    }

                    // DISCONNECT keeps the broker from publishing the will; an acknowledgement that meets a closed socket
                    // would reset the connection before the broker has read it.
                    if (client.IsAllAcknowledged)
                    {
                        _ = client.Disconnect();
                    }
                }

                if (client.Refusal is { } refusal)
                {
                    return (_connected, refusal);
                }

                if (!_connected && client.IsSubscribed)
                {
                    Announce(client);
                }

                if (!_connected && _time.GetElapsedTime(began) > LongestAttempt)
                {
                    return (false, $"no answer within {LongestAttempt.TotalSeconds} s");
                }
            }
        }
        finally
        {
            Withdraw();
        }
    }

    private void Announce(MosquittoClient client)
    {
        lock (_gate)
        {
            _publishing = _disposed ? null : client;
            _connected = true;
        }

        _log.LogInformation(BrokerEvents.Up, "Linked to the broker at {Host}:{Port} as {User}", _options.Host, _options.Port, _options.User);
        Changed?.Invoke(true);
    }

    private void Withdraw()
    {
        bool was;
        lock (_gate)
        {
            was = _connected;
            _publishing = null;
            _connected = false;
        }

        if (was)
        {
            Changed?.Invoke(false);
        }
    }
}
