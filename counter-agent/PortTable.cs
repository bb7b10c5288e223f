using System.Globalization;
using System.Text;
using Reception.Device.Serial;

namespace Reception.CounterAgent;

/// <summary>The serial ports of this machine in words, for <c>--list</c>.</summary>
internal static class PortTable
{
    public static string Write(IReadOnlyList<ListedPort> ports)
    {
        if (ports.Count == 0)
        {
            return "No serial port is here: plug the device's USB lead in, and look again.\n";
        }

        var text = new StringBuilder();
        foreach (var port in ports)
        {
            var identity = port.Usb is null ? "not on USB" : $"USB {port.Usb}";
            text.Append(CultureInfo.InvariantCulture, $"{port.Path}  {identity}");
            text.Append(port.Product is null ? "" : $"  {port.Product}").Append(port.Serial is null ? "" : $"  serial {port.Serial}").Append('\n');
            foreach (var link in port.Links)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {link}\n");
            }
        }

        return text.ToString();
    }
}
