namespace Reception.Device.Session;

/// <summary>Who a device is, as its presence says.</summary>
/// <param name="Id">The device's id, <c>[a-z0-9-]{1,32}</c>, which is its user name at the broker.</param>
/// <param name="Kind">One of <see cref="Protocol.DeviceKinds"/>.</param>
/// <param name="Counter">The counter where it stands, or null. The hub's registry decides; this one is compared with it.</param>
/// <param name="Software">The program's version.</param>
public sealed record DeviceIdentity(string Id, string Kind, int? Counter, string Software);
