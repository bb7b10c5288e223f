namespace Reception.Hub.Broker;

/// <summary>What one device, and everybody who has not signed in yet, may take of the broker (protocol.md, section 2).</summary>
internal static class BrokerLimits
{
    /// <summary>The largest packet of a device: 256 KiB of payload, and its topic.</summary>
    public const int PacketBytes = (256 + 1) * 1024;

    /// <summary>The largest packet before the device is known: a CONNECT with a will.</summary>
    public const int ConnectBytes = 17 * 1024;

    public const int ConnectionsPerDevice = 4;

    /// <summary>Connections that have not signed in; one more ends the oldest of the address that has most of them.</summary>
    public const int UnknownConnections = 200;

    public const int PublishesPerSecond = 50;
    public const int PublishesAtOnce = 200;

    /// <summary>How long a device that sent too much is shown as one.</summary>
    public static TimeSpan FloodShown { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages that wait for a device, or for its acknowledgement.</summary>
    public const int WaitingMessages = 1000;

    /// <summary>How long a connection may take to sign in, and a packet to be sent.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a wrong secret waits for its answer.</summary>
    public static TimeSpan WrongSecretDelay { get; } = TimeSpan.FromSeconds(1);
}
