using Reception.Protocol;

namespace Reception.Device.Session;

/// <summary>What a device knows of the hall at one moment.</summary>
/// <param name="IsLinked">Whether the link to the broker is up.</param>
/// <param name="IsHubAway">Whether the link is down, or no <c>hall</c> has come for 30 s: nothing shown is fresh then.</param>
/// <param name="Hall">The newest <c>hall</c>, however old, or null where none has come since the start.</param>
public sealed record DeviceState(bool IsLinked, bool IsHubAway, HallDocument? Hall);
