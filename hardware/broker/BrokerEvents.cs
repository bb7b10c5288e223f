using Microsoft.Extensions.Logging;

namespace Reception.Broker;

/// <summary>Event ids of the link's log lines.</summary>
internal static class BrokerEvents
{
    public static readonly EventId Up = new(2001, "BrokerUp");
    public static readonly EventId Lost = new(2002, "BrokerLost");
}
