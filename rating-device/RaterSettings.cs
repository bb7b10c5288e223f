using Reception.Device.Settings;
using Reception.Settings;

namespace Reception.Rater;

/// <summary>What the rater's settings file says.</summary>
internal sealed record RaterSettings(string Device, int Counter, string Data, Uri Http, Uri Hub, BrokerAddress Broker)
{
    /// <exception cref="SettingsException">A value is missing or not allowed.</exception>
    public static RaterSettings Read(string path)
    {
        var file = SettingsFile.Open(path);
        return new RaterSettings(
            file.Device(),
            file.Number("counter", 1, 999),
            file.Folder(),
            file.LoopbackAddress(),
            file.Address("hub"),
            BrokerAddress.Read(file));
    }
}
