using Reception.Hosting.Settings;

namespace Reception.Device.Settings;

/// <summary>The settings that every device has.</summary>
public abstract record DeviceOptions
{
    /// <summary>The device's id at the hub.</summary>
    [DeviceId]
    public required string Device { get; init; }

    /// <summary>The folder of the device's database.</summary>
    [WritableFolder]
    public required string Data { get; init; }

    /// <summary>The hub's broker, and the device's secret for it.</summary>
    public required BrokerOptions Broker { get; init; }
}
