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

    private readonly BrokerOptions options;
    private readonly ChannelWriter<BrokerMessage> messages;
    private readonly Queue<BrokerMessage> overflow = new();
    private readonly nint client;
    private GCHandle self;
    private int subscription = -1;
    private int unacknowledged;

    public MosquittoClient(BrokerOptions options, ChannelWriter<BrokerMessage> messages)
    {
        this.options = options;
        this.messages = messages;
        self = GCHandle.Alloc(this);
        client = Libmosquitto.New($"{options.User}-{Guid.NewGuid():N}", cleanSession: true, GCHandle.ToIntPtr(self));
        if (client == 0)
        {
            self.Free();
            throw new InsufficientMemoryException("libmosquitto made no client.");
        }
    }

    /// <summary>Whether the broker has confirmed the subscriptions.</summary>
    public bool IsSubscribed { get; private set; }

    /// <summary>Why the broker does not let this client in, or null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the broker has everything that was published.</summary>
    public bool IsAllAcknowledged => Volatile.Read(ref unacknowledged) <= 0;

    /// <summary>Begins to connect; the rest happens in <see cref="Loop"/>. The library's error code.</summary>
    public int Connect()
    {
        Libmosquitto.OnConnect(client, &Connected);
        Libmosquitto.OnMessage(client, &Received);
        Libmosquitto.OnSubscribe(client, &Subscribed);
        Libmosquitto.OnPublish(client, &Acknowledged);
        var error = Configure();
        return error == Libmosquitto.Success
            ? Libmosquitto.Connect(client, options.Host, options.Port, (int)options.KeepAlive.TotalSeconds)
            : error;
    }

    private int Configure()
    {
        var will = options.NextWill?.Invoke();
        ReadOnlySpan<int> errors =
        [
            Libmosquitto.SetThreaded(client, true),
            Libmosquitto.SetOption(client, Libmosquitto.TcpNoDelay, 1),
            // The library holds back everything beyond 20 unacknowledged messages; the broker's acknowledgement means nothing here.
            Libmosquitto.SetMaximumInFlight(client, 0),
            Libmosquitto.SetCredentials(client, options.User, options.Secret),
            will is null ? 0 : Libmosquitto.SetWill(client, will.Topic, will.Payload.Length, will.Payload, AtLeastOnce, will.Retained),
        ];
        var first = errors.IndexOfAnyExcept(Libmosquitto.Success);
        return first < 0 ? Libmosquitto.Success : errors[first];
    }

    /// <summary>Reads and writes what is ready. The library's error code.</summary>
    public int Loop() => Libmosquitto.Loop(client, LoopMilliseconds, PacketsALoop);

    /// <summary>
    /// Hands over what the channel had no room for, and reads nothing more from the wire meanwhile: a reader that is behind
    /// slows the broker down, and loses nothing.
    /// </summary>
    public void HandOver(CancellationToken stop)
    {
        while (overflow.TryPeek(out var message))
        {
            if (messages.TryWrite(message))
            {
                overflow.Dequeue();
            }
            else if (stop.IsCancellationRequested)
            {
                return;
            }
            else
            {
                var room = messages.WaitToWriteAsync(CancellationToken.None).AsTask();
                Task.WaitAny([room], LoopMilliseconds, CancellationToken.None);
            }
        }
    }

    public bool Publish(string topic, ReadOnlySpan<byte> payload, bool retained)
    {
        if (Libmosquitto.Publish(client, 0, topic, payload.Length, payload, AtLeastOnce, retained) != Libmosquitto.Success)
        {
            return false;
        }

        Interlocked.Increment(ref unacknowledged);
        return true;
    }

    /// <summary>Says goodbye after all that was published; false where the connection is already gone.</summary>
    public bool Disconnect() => Libmosquitto.Disconnect(client) == Libmosquitto.Success;

    public void Dispose()
    {
        Libmosquitto.Destroy(client);
        self.Free();
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
        else if (client.options.Subscriptions.Count == 0)
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
        var topics = stackalloc byte*[options.Subscriptions.Count];
        try
        {
            for (var i = 0; i < options.Subscriptions.Count; i++)
            {
                topics[i] = (byte*)Marshal.StringToCoTaskMemUTF8(options.Subscriptions[i]);
            }

            int id;
            var error = Libmosquitto.Subscribe(client, &id, options.Subscriptions.Count, topics, AtLeastOnce, 0, 0);
            subscription = id;
            if (error != Libmosquitto.Success)
            {
                Refusal = Libmosquitto.DescribeError(error);
            }
        }
        finally
        {
            for (var i = 0; i < options.Subscriptions.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)topics[i]);
            }
        }
    }

    [UnmanagedCallersOnly]
    private static void Subscribed(nint handle, nint state, int id, int count, int* granted)
    {
        var client = Of(state);
        if (id != client.subscription)
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
    private static void Acknowledged(nint handle, nint state, int id) => Interlocked.Decrement(ref Of(state).unacknowledged);

    [UnmanagedCallersOnly]
    private static void Received(nint handle, nint state, Libmosquitto.Message* message)
    {
        var client = Of(state);
        // What is longer is cut: no more than a message's start is needed to refuse it.
        var payload = new ReadOnlySpan<byte>(message->Payload, Math.Min(message->PayloadLength, LongestPayload)).ToArray();
        var topic = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message->Topic));
        var copy = new BrokerMessage(topic, payload, message->Retain != 0);
        if (client.overflow.Count > 0 || !client.messages.TryWrite(copy))
        {
            client.overflow.Enqueue(copy);
        }
    }
}
