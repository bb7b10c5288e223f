using System.Runtime.InteropServices;

namespace Reception.Broker;

/// <summary>
/// What is used of Eclipse Mosquitto's C client library (Debian's <c>libmosquitto1</c>, 2.0), as its manual page
/// libmosquitto(3) declares it.
/// </summary>
internal static unsafe partial class Libmosquitto
{
    public const int Success = 0;

    /// <summary>MOSQ_ERR_CONN_PENDING: the TCP connection is under way.</summary>
    public const int ConnectionPending = -1;

    /// <summary>MOSQ_OPT_TCP_NODELAY of mosquitto_int_option.</summary>
    public const int TcpNoDelay = 11;

    /// <summary>The granted QoS by which a SUBACK refuses.</summary>
    public const int SubscriptionRefused = 0x80;

    private const string Library = "libmosquitto.so.1";

    /// <summary>struct mosquitto_message.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Id;
        public byte* Topic;
        public void* Payload;
        public int PayloadLength;
        public int Qos;
        public byte Retain;
    }

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    public static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint New(string clientId, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint state);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint client);

    /// <summary>With true, another thread's publish is only queued, and this library's loop is woken to send it.</summary>
    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    public static partial int SetThreaded(nint client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    public static partial int SetOption(nint client, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_max_inflight_messages_set")]
    public static partial int SetMaximumInFlight(nint client, uint messages);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetCredentials(nint client, string user, string secret);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetWill(
        nint client, string topic, int length, ReadOnlySpan<byte> payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_callback_set")]
    public static partial void OnConnect(nint client, delegate* unmanaged<nint, nint, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_callback_set")]
    public static partial void OnMessage(nint client, delegate* unmanaged<nint, nint, Message*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_callback_set")]
    public static partial void OnSubscribe(nint client, delegate* unmanaged<nint, nint, int, int, int*, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_callback_set")]
    public static partial void OnPublish(nint client, delegate* unmanaged<nint, nint, int, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_async", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint client, string host, int port, int keepAliveSeconds);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect")]
    public static partial int Disconnect(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_multiple")]
    public static partial int Subscribe(nint client, int* id, int count, byte** topics, int qos, int options, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(
        nint client, nint id, string topic, int length, ReadOnlySpan<byte> payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop")]
    public static partial int Loop(nint client, int timeoutMilliseconds, int maximumPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    private static partial byte* ErrorText(int error);

    [LibraryImport(Library, EntryPoint = "mosquitto_connack_string")]
    private static partial byte* ConnackText(int code);

    /// <summary>The library's words for one of its error codes.</summary>
    public static string DescribeError(int error) => Marshal.PtrToStringUTF8((nint)ErrorText(error)) ?? $"error {error}";

    /// <summary>The library's words for a CONNACK's return code.</summary>
    public static string DescribeConnack(int code) => Marshal.PtrToStringUTF8((nint)ConnackText(code)) ?? $"code {code}";
}
