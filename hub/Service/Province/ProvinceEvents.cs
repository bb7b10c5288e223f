using Microsoft.Extensions.Logging;

namespace Reception.Hub.Province;

/// <summary>Ids of what the forwarder logs.</summary>
internal static class ProvinceEvents
{
    public static readonly EventId SetBack = new(5001, nameof(SetBack));
    public static readonly EventId Recovered = new(5002, nameof(Recovered));
    public static readonly EventId Parked = new(5003, nameof(Parked));
    public static readonly EventId Broken = new(5005, nameof(Broken));
    public static readonly EventId NoHeartbeat = new(5006, nameof(NoHeartbeat));
}
