using Reception.Device.Printing;
using Reception.Device.Settings;
using Reception.Settings;
using Reception.Slips;

namespace Reception.Kiosk;

/// <summary>What the configuration file says, checked.</summary>
/// <param name="Device">The kiosk's id at the broker.</param>
/// <param name="Data">The folder of the outbox, the book of errands and the catalogue.</param>
/// <param name="Http">Where the screen is served: on this machine only, for whoever reaches it can take numbers.</param>
/// <param name="Hub">Where the catalogue is fetched.</param>
/// <param name="Broker">Where the broker is, and the kiosk's secret.</param>
/// <param name="Printer">The printer's address.</param>
/// <param name="PrinterProfile">What is known of the printer: a name, or the path of a file of one's own.</param>
/// <param name="Template">How slips look.</param>
internal sealed record KioskOptions(
    string Device, string Data, Uri Http, Uri Hub, BrokerAddress Broker, string Printer, PrinterProfile PrinterProfile, SlipTemplate Template)
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
            settings.Text("printer", Printers.Known, Printers.IsKnown),
            ReadProfile(settings),
            settings.Has("ticketTemplate") ? SlipTemplate.Read(settings.ExistingFile("ticketTemplate")) : SlipTemplate.Default);
    }

    private static PrinterProfile ReadProfile(SettingsFile settings)
    {
        const string Key = "printerProfile";
        if (!settings.Has(Key))
        {
            return PrinterProfile.Read(PrinterProfile.Default);
        }

        var name = settings.Text(Key, PrinterProfile.Allowed, _ => true);
        return name.EndsWith(".json", StringComparison.Ordinal) ? PrinterProfile.Read(settings.ExistingFile(Key))
            : PrinterProfile.IsKnown(name) ? PrinterProfile.Read(name)
            : throw settings.Fault(Key, PrinterProfile.Allowed);
    }
}
