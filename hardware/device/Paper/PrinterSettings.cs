using Reception.Device.Printing;
using Reception.Settings;
using Reception.Slips;

namespace Reception.Device.Paper;

/// <summary>What a settings file says of the device's printer: the keys <c>printer</c>, <c>printerProfile</c> and <c>ticketTemplate</c>.</summary>
/// <param name="Address">The printer's address.</param>
/// <param name="Profile">What is known of the printer: a name, or the path of a file of one's own.</param>
/// <param name="Template">How slips look.</param>
public sealed record PrinterSettings(string Address, PrinterProfile Profile, SlipTemplate Template)
{
    /// <summary>Reads and checks the keys.</summary>
    /// <exception cref="SettingsException">A value is missing or not allowed, or there is no font to draw slips with.</exception>
    public static PrinterSettings Read(SettingsFile settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // Without a font there is no slip: the program says so when it starts, not when a citizen waits.
        _ = SlipFonts.Shipped;
        return new PrinterSettings(
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
