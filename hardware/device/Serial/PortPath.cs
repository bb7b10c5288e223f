using System.Text.RegularExpressions;

namespace Reception.Device.Serial;

/// <summary>How settings name a serial port.</summary>
public static partial class PortPath
{
    /// <summary>What is allowed here, for an error of the settings.</summary>
    public static string Allowed => OperatingSystem.IsWindows()
        ? "COM1 to COM256, as counter-agent --list shows it"
        : "the full path of a serial port, such as /dev/serial/by-id/… or /dev/ttyUSB0";

    /// <summary>Whether a text names a port of this system.</summary>
    public static bool IsValid(string path) => IsValid(path, OperatingSystem.IsWindows());

    internal static bool IsValid(string path, bool isWindows) => isWindows ? ComPort().IsMatch(path) : path.StartsWith('/');

    [GeneratedRegex(@"^COM([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-6])\z", RegexOptions.IgnoreCase)]
    private static partial Regex ComPort();
}
