using Microsoft.Extensions.Logging;

namespace Reception.Mqtt;

/// <summary>Event ids of the link's log lines.</summary>
internal static class MqttEvents
{
    public static readonly EventId Up = new(2001, "LinkUp");
    public static readonly EventId Lost = new(2002, "LinkLost");
}
