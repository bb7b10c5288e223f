namespace Reception.Protocol;

/// <summary>MQTT topics under <c>reception/v1/</c> (section 2 of the wire contracts).</summary>
public static class Topics
{
    private const string Root = "reception/v1/";
    private const string DeviceRoot = Root + "device/";

    /// <summary>The public state of the hall, retained, published by the hub.</summary>
    public const string Hall = Root + "hall";

    /// <summary>Every device's presence.</summary>
    public const string EveryPresence = DeviceRoot + "+/presence";

    /// <summary>Every device's reports.</summary>
    public const string EveryReport = DeviceRoot + "+/report";

    /// <summary>The topic of one device's presence, retained, and its will.</summary>
    public static string Presence(string device) => $"{DeviceRoot}{device}/presence";

    /// <summary>The topic on which a device reports.</summary>
    public static string Report(string device) => $"{DeviceRoot}{device}/report";

    /// <summary>The topic on which the hub answers a device's reports.</summary>
    public static string Answer(string device) => $"{DeviceRoot}{device}/answer";

    /// <summary>The topic on which the hub commands a device.</summary>
    public static string Command(string device) => $"{DeviceRoot}{device}/command";

    /// <summary>Whether a device may publish on a topic: its own presence and reports.</summary>
    public static bool MayPublish(string device, string topic) => topic == Presence(device) || topic == Report(device);

    /// <summary>Whether a device may subscribe to a topic filter: its own presence, answers and commands, and the hall. A wildcard is never allowed.</summary>
    public static bool MaySubscribe(string device, string filter) =>
        filter == Hall || filter == Answer(device) || filter == Command(device) || filter == Presence(device);

    /// <summary>Reads a device's topic: its id and the last part (<c>presence</c>, <c>report</c>, <c>answer</c>, <c>command</c>).</summary>
    public static bool TryReadDevice(string topic, out string device, out string part)
    {
        device = part = "";
        if (!topic.StartsWith(DeviceRoot, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = topic.AsSpan(DeviceRoot.Length);
        var slash = rest.IndexOf('/');
        if (slash <= 0 || rest[(slash + 1)..].Contains('/') || !DeviceIds.IsValid(rest[..slash]))
        {
            return false;
        }

        device = rest[..slash].ToString();
        part = rest[(slash + 1)..].ToString();
        return true;
    }
}
