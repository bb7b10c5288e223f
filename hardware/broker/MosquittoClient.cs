using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Reception.Broker;

/// <summary>
/// One client of libmosquitto, for one connection. All but <see cref="Publish"/> belongs to the
/// thread that loops; it may come from any other, and only queues.
/// </summary>
internal sealed unsafe class MosquittoClient : IDisposable
{
    private const int AtLeastOnce = 1;
    private const int LongestPayload = 256 * 1024;

    /// <summary>How long the loop waits for the wire; a publish wakes it at once, a stop waits for it.</summary>
    private const int LoopMilliseconds = 100;
    private const int PacketsALoop = 100;

    private readonly BrokerOptions _options;
    private readonly ChannelWriter<BrokerMessage> _messages;
    private readonly Queue<BrokerMessage> _overflow = new();
    private readonly nint _client;
    private GCHandle _self;
    private int _subscription = -1;
    private int _unacknowledged;

    public MosquittoClient(BrokerOptions options, ChannelWriter<BrokerMessage> messages)
    {
        _options = options;
        _messages = messages;
        _self = GCHandle.Alloc(this);
        _client = Libmosquitto.New($"{options.User}-{Guid.NewGuid():N}", cleanSession: true, GCHandle.ToIntPtr(_self));
        if (_client == 0)
        {
            _self.Free();
            throw new InsufficientMemoryException("libmosquitto made no client.");
        }
    }

    /// <summary>Whether the broker has confirmed the subscriptions.</summary>
    public bool IsSubscribed { get; private set; }

    /// <summary>Why the broker does not let this client in, or null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the broker has everything that was published.</summary>
    public bool IsAllAcknowledged => Volatile.Read(ref _unacknowledged) <= 0;

    /// <summary>Begins to connect; the rest happens in <see cref="Loop"/>. The library's error code.</summary>
    public int Connect()
    {
        Libmosquitto.OnConnect(_client, &Connected);
        Libmosquitto.OnMessage(_client, &Received);
        Libmosquitto.OnSubscribe(_client, &Subscribed);
        Libmosquitto.OnPublish(_client, &Acknowledged);
        var error = Configure();
        return error == Libmosquitto.Success
            ? Libmosquitto.Connect(_client, _options.Host, _options.Port, (int)_options.KeepAlive.TotalSeconds)
            : error;
    }

    private int Configure()
    {
        var will = _options.NextWill?.Invoke();
        ReadOnlySpan<int> errors =
        [
            Libmosquitto.SetThreaded(_client, true),
            Libmosquitto.SetOption(_client, Libmosquitto.TcpNoDelay, 1),
            // The library holds back everything beyond 20 unacknowledged messages; the broker's acknowledgement means nothing here.
            Libmosquitto.SetMaximumInFlight(_client, 0),
            Libmosquitto.SetCredentials(_client, _options.User, _options.Secret),
            will is null ? 0 : Libmosquitto.SetWill(_client, will.Topic, will.Payload.Length, will.Payload, AtLeastOnce, will.Retained),
        ];
        var first = errors.IndexOfAnyExcept(Libmosquitto.Success);
        return first < 0 ? Libmosquitto.Success : errors[first];
    }

    /// <summary>Reads and writes what is ready. The library's error code.</summary>
    public int Loop() => Libmosquitto.Loop(_client, LoopMilliseconds, PacketsALoop);

    /// <summary>
    /// Hands over what the channel had no room for, and reads nothing more from the wire meanwhile: a reader that is behind
    /// slows the broker down, and loses nothing.
    /// </summary>
    public void HandOver(CancellationToken stop)
    {
        while (_overflow.TryPeek(out var message))
        {
            if (_messages.TryWrite(message))
            {
                _overflow.Dequeue();
            }
            else if (stop.IsCancellationRequested)
            {
                return;
            }
            else
            {
                var room = _messages.WaitToWriteAsync(CancellationToken.None).AsTask();
                Task.WaitAny([room], LoopMilliseconds, CancellationToken.None);
            }
        }
    }

    public bool Publish(string topic, ReadOnlySpan<byte> payload, bool retained)
    {
        if (Libmosquitto.Publish(_client, 0, topic, payload.Length, payload, AtLeastOnce, retained) != Libmosquitto.Success)
        {
            return false;
        }

        Interlocked.Increment(ref _unacknowledged);
        return true;
    }

    /// <summary>Says goodbye after all that was published; false where the connection is already gone.</summary>
    public bool Disconnect() => Libmosquitto.Disconnect(_client) == Libmosquitto.Success;

    public void Dispose()
    {
        Libmosquitto.Destroy(_client);
        _self.Free();
    }

    private static MosquittoClient Of(nint state) => (MosquittoClient)GCHandle.FromIntPtr(state).Target!;

    [UnmanagedCallersOnly]
    private static void Connected(nint handle, nint state, int code)
    {
        var client = Of(state);
        if (code != 0)
        {
            client.Refusal = Libmosquitto.DescribeConnack(code);
        }
        else if (client._options.Subscriptions.Count == 0)
        {
            client.IsSubscribed = true;
        }
        else
        {
            client.Subscribe();
        }
    }

    private void Subscribe()
    {
        var topics = stackalloc byte*[_options.Subscriptions.Count];
        try
        {
            for (var i = 0; i < _options.Subscriptions.Count; i++)
            {
                topics[i] = (byte*)Marshal.StringToCoTaskMemUTF8(_options.Subscriptions[i]);
            }

            int id;
            var error = Libmosquitto.Subscribe(_client, &id, _options.Subscriptions.Count, topics, AtLeastOnce, 0, 0);
            _subscription = id;
            if (error != Libmosquitto.Success)
            {
                Refusal = Libmosquitto.DescribeError(error);
            }
        }
        finally
        {
            for (var i = 0; i < _options.Subscriptions.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)topics[i]);
            }
        }
    }

    [UnmanagedCallersOnly]
    private static void Subscribed(nint handle, nint state, int id, int count, int* granted)
    {
        var client = Of(state);
        if (id != client._subscription)
        {
            return;
        }

        if (new ReadOnlySpan<int>(granted, count).Contains(Libmosquitto.SubscriptionRefused))
        {
            client.Refusal = "a subscription was refused";
            return;
        }

        client.IsSubscribed = true;
    }

    [UnmanagedCallersOnly]
    private static void Acknowledged(nint handle, nint state, int id) => Interlocked.Decrement(ref Of(state)._unacknowledged);

    [UnmanagedCallersOnly]
    private static void Received(nint handle, nint state, Libmosquitto.Message* message)
    {
        var client = Of(state);
        // What is longer is cut: no more than a message's start is needed to refuse it.
        var payload = new ReadOnlySpan<byte>(message->Payload, Math.Min(message->PayloadLength, LongestPayload)).ToArray();
        var topic = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message->Topic));
        var copy = new BrokerMessage(topic, payload, message->Retain != 0);
        if (client._overflow.Count > 0 || !client._messages.TryWrite(copy))
        {
            client._overflow.Enqueue(copy);
        }
    }
}
