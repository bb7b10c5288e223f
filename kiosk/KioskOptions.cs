using Reception.Device.Paper;
using Reception.Device.Settings;
using Reception.Settings;

namespace Reception.Kiosk;

/// <summary>What the configuration file says, checked.</summary>
/// <param name="Device">The kiosk's id at the broker.</param>
/// <param name="Data">The folder of the outbox, the book of errands and the catalogue.</param>
/// <param name="Http">Where the screen is served: on this machine only, for whoever reaches it can take numbers.</param>
/// <param name="Hub">Where the catalogue is fetched.</param>
/// <param name="Broker">Where the broker is, and the kiosk's secret.</param>
/// <param name="Printer">The printer, and how slips look.</param>
internal sealed record KioskOptions(string Device, string Data, Uri Http, Uri Hub, BrokerAddress Broker, PrinterSettings Printer)
{
    /// <summary>Reads and checks the file. Throws <see cref="SettingsException"/> with one line for the technician.</summary>
    public static KioskOptions Read(string file)
    {
        var settings = SettingsFile.Open(file);
        return new KioskOptions(
            settings.Device(),
            settings.Folder(),
            settings.LoopbackAddress(),
            settings.Address("hub"),
            BrokerAddress.Read(settings),
            PrinterSettings.Read(settings));
    }
}
