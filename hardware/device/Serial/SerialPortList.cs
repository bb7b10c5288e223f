namespace Reception.Device.Serial;

/// <summary>A serial port of this machine, with the USB identity of its adapter where it has one.</summary>
/// <param name="Path">Such as <c>/dev/ttyUSB0</c> or <c>COM3</c>.</param>
/// <param name="Links">The names by which it stays the same, from <c>/dev/serial/by-id</c> and <c>by-path</c>; none on Windows.</param>
/// <param name="Usb">Vendor and product, such as <c>0403:6001</c>, or null for a port that is not on USB.</param>
/// <param name="Product">The maker's and the product's names, or null.</param>
/// <param name="Serial">The adapter's serial number, or null.</param>
public sealed record ListedPort(string Path, IReadOnlyList<string> Links, string? Usb, string? Product, string? Serial)
{
    /// <summary>The identity in words, such as <c>FTDI FT232R USB UART (USB 0403:6001, serial A50285BI)</c>; null for a port that is not on USB.</summary>
    public string? Device => Usb is null ? null : $"{Product ?? "adapter"} (USB {Usb}{(Serial is null ? "" : $", serial {Serial}")})";
}

/// <summary>
/// Finds the serial ports: as Linux lists them (<c>/sys/class/tty</c>, Documentation/ABI/stable/sysfs-class-tty), and as Windows does
/// (<see cref="WindowsPortList"/>).
/// </summary>
public static class SerialPortList
{
    private static readonly string[] LinkFolders = ["serial/by-id", "serial/by-path"];

    /// <summary>The ports of this machine, by name; empty where there are none.</summary>
    public static IReadOnlyList<ListedPort> Read() =>
        OperatingSystem.IsWindows() ? WindowsPortList.Read(new MachineRegistry()) : Read("/sys", "/dev");

    /// <summary>The port that a path or a link leads to; null where it is not one of this machine's, such as a pty.</summary>
    public static ListedPort? Find(string path) => Find(path, Read());

    /// <summary>The ports that Linux lists.</summary>
    /// <param name="system">Where sysfs is.</param>
    /// <param name="devices">Where the device files are.</param>
    internal static IReadOnlyList<ListedPort> Read(string system, string devices)
    {
        var terminals = Path.Combine(system, "class/tty");
        if (!Directory.Exists(terminals))
        {
            return [];
        }

        var links = LinksIn(devices);
        return
        [
            .. from entry in Directory.EnumerateFileSystemEntries(terminals)
               let name = Path.GetFileName(entry)
               // Links in sysfs are relative to where they really lie, not to the link that led there.
               let terminal = Real(entry)
               let hardware = Path.Combine(terminal, "device")
               // A console or a pty has no device; an on-board port without a chip has type 0.
               where Directory.Exists(hardware) && Text(Path.Combine(terminal, "type")) != "0"
               let path = Path.Combine(devices, name)
               orderby name.Length, name
               select Describe(path, Real(hardware), [.. links.Where(link => link.Target == path).Select(link => link.Path).Order(StringComparer.Ordinal)]),
        ];
    }

    internal static ListedPort? Find(string path, IReadOnlyList<ListedPort> ports)
    {
        string real;
        try
        {
            real = OperatingSystem.IsWindows() ? path : Real(path);
        }
        catch (IOException)
        {
            // It was pulled out since: it is no port any more, and whoever has it open is told so by its reads.
            return null;
        }

        return ports.FirstOrDefault(port => string.Equals(port.Path, real, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
    }

    private static ListedPort Describe(string path, string hardware, IReadOnlyList<string> links)
    {
        for (var folder = hardware; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Text(Path.Combine(folder, "idVendor")) is { } vendor)
            {
                var product = $"{Text(Path.Combine(folder, "manufacturer"))} {Text(Path.Combine(folder, "product"))}".Trim();
                return new ListedPort(
                    path, links, $"{vendor}:{Text(Path.Combine(folder, "idProduct"))}", product.Length > 0 ? product : null, Text(Path.Combine(folder, "serial")));
            }
        }

        return new ListedPort(path, links, null, null, null);
    }

    private static List<(string Path, string Target)> LinksIn(string devices) =>
    [
        .. from folder in LinkFolders
           let full = Path.Combine(devices, folder)
           where Directory.Exists(full)
           from link in Directory.EnumerateFileSystemEntries(full)
           select (link, Real(link)),
    ];

    /// <summary>Where a link leads at the end, and the path itself where it is none.</summary>
    private static string Real(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string? Text(string file)
    {
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The adapter was pulled out while it was looked at, or keeps this to itself: it has no such text.
            return null;
        }
    }
}
