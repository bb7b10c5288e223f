using Reception.CounterAgent;
using Reception.Device.Serial;

namespace Reception.Unit.Tests.Serial;

/// <summary>The ports of a machine, from a sysfs laid out as Linux lays it out.</summary>
public sealed class SerialPortListTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-ports-").FullName;

    private string System => Path.Combine(_folder, "sys");

    private string Devices => Path.Combine(_folder, "dev");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_USB_adapter_is_listed_with_its_identity_and_its_lasting_names()
    {
        Terminal("ttyUSB0", "devices/pci0/usb1/1-2/1-2:1.0/ttyUSB0");
        Text("devices/pci0/usb1/1-2/idVendor", "0403\n");
        Text("devices/pci0/usb1/1-2/idProduct", "6001\n");
        Text("devices/pci0/usb1/1-2/manufacturer", "FTDI\n");
        Text("devices/pci0/usb1/1-2/product", "FT232R USB UART\n");
        Text("devices/pci0/usb1/1-2/serial", "A50285BI\n");
        Link(Path.Combine(Devices, "serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"), "../../ttyUSB0");
        Link(Path.Combine(Devices, "serial/by-path/pci-0-usb-0:2:1.0-port0"), "../../ttyUSB0");
        Terminal("ttyS0", "devices/platform/serial8250/ttyS0", type: "0");
        Terminal("ttyS4", "devices/pnp0/00:05/ttyS4", type: "4");
        Directory.CreateDirectory(Path.Combine(System, "class/tty/console"));

        var ports = SerialPortList.Read(System, Devices);

        Assert.Equal(["ttyS4", "ttyUSB0"], ports.Select(port => Path.GetFileName(port.Path)));
        Assert.Equal(("0403:6001", "FTDI FT232R USB UART", "A50285BI", 2), (ports[1].Usb, ports[1].Product, ports[1].Serial, ports[1].Links.Count));
        Assert.Contains("  USB 0403:6001  FTDI FT232R USB UART  serial A50285BI\n  " + Devices + "/serial/by-id/usb-FTDI", PortTable.Write(ports), StringComparison.Ordinal);
        Assert.Null(ports[0].Usb);
        Assert.Equal("FTDI FT232R USB UART (USB 0403:6001, serial A50285BI)", SerialPortList.Find(ports[1].Links[0], ports)?.Device);
        Assert.Null(SerialPortList.Find(Path.Combine(Devices, "ttyUSB7"), ports));
    }

    [Fact]
    public void A_machine_without_ports_says_what_to_do()
    {
        Assert.Empty(SerialPortList.Read(System, Devices));
        Assert.Contains("plug the device's USB lead in", PortTable.Write([]), StringComparison.Ordinal);
    }

    /// <summary>As the kernel does: the class holds a link to the device's folder, and that one a link to its parent.</summary>
    private void Terminal(string name, string device, string? type = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(System, device, "tty", name)).FullName;
        Link(Path.Combine(folder, "device"), "../..");
        Link(Path.Combine(System, "class/tty", name), "../../" + device + "/tty/" + name);
        if (type is not null)
        {
            File.WriteAllText(Path.Combine(folder, "type"), type + "\n");
        }
    }

    private void Text(string path, string text) => File.WriteAllText(Path.Combine(System, path), text);

    private static void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }
}
