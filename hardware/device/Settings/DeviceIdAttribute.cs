using Reception.Hosting.Settings;
using Reception.Protocol;

namespace Reception.Device.Settings;

/// <summary>A device's id.</summary>
public sealed class DeviceIdAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "1 to 32 of a-z, 0-9 and -";

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(DeviceIds.IsValid(value), value);
}
