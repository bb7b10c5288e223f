using Reception.Device.Platform;

namespace Reception.Device.Printing;

/// <summary>Opens the printer that a configuration names.</summary>
public static class Printers
{
    // A start bit, eight of data and a stop bit.
    private const int BitsAByte = 10;

    /// <summary>The forms of address that are known, in words for a configuration's error.</summary>
    public const string Known = PrinterAddress.Known;

    /// <summary>Whether the address has a known form.</summary>
    public static bool IsKnown(string address) => PrinterAddress.Read(address) is not null;

    /// <summary>
    /// Makes the printer at an address: <c>serial:/dev/ttyUSB0?baud=115200&amp;flow=rts-cts</c>, <c>serial:COM3</c>, <c>usb:/dev/usb/lp0</c>, <c>windows:PRINTER</c>, <c>tcp://host:9100</c> or
    /// <c>file:DIR</c>. Its line is opened when it is first needed, and again when it broke. Throws <see cref="ArgumentException"/>
    /// where the form is not known.
    /// </summary>
    public static IPrinter Open(string address, PrinterProfile profile, TimeProvider clock) => PrinterAddress.Read(address) switch
    {
        PrinterAddress.Files files => new FilePrinter(Path.GetFullPath(files.Folder)),
        PrinterAddress.Serial serial => new EscPosPrinter(
            _ => Task.FromResult<Stream>(PortStream.OpenSerial(serial.Path, serial.Baud, serial.Flow)), profile, clock, serial.Baud / BitsAByte),
        PrinterAddress.Usb usb when OperatingSystem.IsLinux() => new EscPosPrinter(_ => Task.FromResult<Stream>(PortStream.OpenDevice(usb.Path)), profile, clock),
        PrinterAddress.Spooled spooled when OperatingSystem.IsWindows() => new SpooledPrinter(new Spooler(), spooled.Printer, clock),
        PrinterAddress.Tcp tcp => new EscPosPrinter(tcp.ConnectAsync, profile, clock),
        _ => throw new ArgumentException($"'{address}' is no printer's address; allowed: {Known}.", nameof(address)),
    };
}
