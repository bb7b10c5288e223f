using Reception.Device.Printing;
using Reception.Slips;

namespace Reception.Device.Paper;

/// <summary>A device's printer, and how its slips look.</summary>
/// <param name="Address">The printer's address.</param>
/// <param name="Profile">What is known of the printer.</param>
/// <param name="Template">How slips look.</param>
public sealed record PrinterSettings(string Address, PrinterProfile Profile, SlipTemplate Template)
{
    /// <summary>Opens the printer.</summary>
    public IPrinter Open(TimeProvider timeProvider) => Printers.Open(Address, Profile, timeProvider);

    /// <summary>The paper that its slips are drawn for.</summary>
    public SlipPaper Paper() => new(Template, Profile);

    /// <summary>Reads the files that the settings of a device name; null where they name no printer.</summary>
    /// <exception cref="Slips.Files.CheckedFileException">The fonts beside the program are missing, so that no slip can be drawn.</exception>
    public static PrinterSettings? Of(IPrinterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Printer is not { } address)
        {
            return null;
        }

        // Without a font there is no slip: the program says so when it starts, not when a citizen waits.
        _ = SlipFonts.Shipped;
        return new PrinterSettings(
            address,
            PrinterProfile.Read(options.PrinterProfile ?? PrinterProfile.Default),
            options.TicketTemplate is { } template ? SlipTemplate.Read(template) : SlipTemplate.Default);
    }
}

/// <summary>The settings of a device that may have a receipt printer.</summary>
public interface IPrinterOptions
{
    /// <summary>The printer's address, or null where there is none.</summary>
    string? Printer { get; }

    /// <summary>A profile's name, or the path of a file of one's own; null for <see cref="PrinterProfile.Default"/>.</summary>
    string? PrinterProfile { get; }

    /// <summary>The path of a ticket template; null for the one beside the program.</summary>
    string? TicketTemplate { get; }
}
