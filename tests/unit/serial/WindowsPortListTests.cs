using Reception.Device.Serial;

namespace Reception.Unit.Tests.Serial;

/// <summary>The ports of a machine, from a registry laid out as Windows lays it out.</summary>
public sealed class WindowsPortListTests
{
    private const string Ports = @"HARDWARE\DEVICEMAP\SERIALCOMM";
    private const string Devices = @"SYSTEM\CurrentControlSet\Enum\";
    private const string Drivers = @"SYSTEM\CurrentControlSet\Services\";

    private readonly Registry _registry = new();

    [Fact]
    public void A_machine_without_ports_or_with_an_unreadable_registry_has_an_empty_list() => Assert.Empty(WindowsPortList.Read(_registry));

    [Fact]
    public void Ports_are_listed_by_number_and_a_port_without_an_adapter_has_no_identity()
    {
        _registry.Set(Ports, (@"\Device\VCP0", "COM10"), (@"\Device\Serial0", "COM1"), (@"\Device\VCP1", "COM9"));
        Assert.Equal(["COM1", "COM9", "COM10"], WindowsPortList.Read(_registry).Select(port => port.Path));
        Assert.All(WindowsPortList.Read(_registry), port => Assert.Null(port.Device));
    }

    [Fact]
    public void An_adapter_is_named_and_one_that_had_its_number_before_is_not()
    {
        _registry.Set(Ports, (@"\Device\VCP0", "COM3"));
        Adapter(@"USB\VID_1A86&PID_7523\5&2c7b5d8&0&1", "COM3", "CH341SER_A64", "@oem4.inf,%wch%;wch.cn", "USB-SERIAL CH340 (COM3)", present: false);
        Adapter(@"USB\VID_10C4&PID_EA60\Q2-0001", "COM3", "silabser", "@oem7.inf,%mfg%;Silicon Labs", "Silicon Labs CP210x (COM3)", present: true);

        var port = Assert.Single(WindowsPortList.Read(_registry));
        Assert.Equal(("10c4:ea60", "Silicon Labs Silicon Labs CP210x", "Q2-0001"), (port.Usb, port.Product, port.Serial));
        Assert.Equal("Silicon Labs Silicon Labs CP210x (USB 10c4:ea60, serial Q2-0001)", port.Device);
    }

    [Fact]
    public void A_serial_number_that_Windows_made_up_is_none()
    {
        _registry.Set(Ports, (@"\Device\VCP0", "com3"));
        Adapter(@"USB\VID_1A86&PID_7523\5&2c7b5d8&0&1", "COM3", "CH341SER_A64", "wch.cn", "USB-SERIAL CH340 (COM3)", present: true);
        Assert.Equal("wch.cn USB-SERIAL CH340 (USB 1a86:7523)", Assert.Single(WindowsPortList.Read(_registry)).Device);
    }

    [Fact]
    public void A_chip_on_the_bus_of_FTDIs_driver_is_found_with_its_serial_number()
    {
        _registry.Set(Ports, (@"\Device\VCP0", "COM5"));
        Adapter(@"FTDIBUS\VID_0403+PID_6001+A50285BIA\0000", "COM5", "FTSER2K", "@oem1.inf,%ftdi%;FTDI", "USB Serial Port (COM5)", present: true);
        Assert.Equal("FTDI USB Serial Port (USB 0403:6001, serial A50285BI)", Assert.Single(WindowsPortList.Read(_registry)).Device);
    }

    [Fact]
    public void Keys_that_make_no_sense_are_passed_over()
    {
        _registry.Set(Ports, (@"\Device\VCP0", "COM3"));
        Adapter(@"USB\ROOT_HUB30\4&1", "COM3", "usbhub", "x", "y", present: true);
        Adapter(@"USB\VID_12&PID_34\1", "COM3", "any", "x", "y", present: true);
        _registry.Set(Devices + @"USB\VID_1A86&PID_7523\1", ("Service", "any"));
        Assert.Null(Assert.Single(WindowsPortList.Read(_registry)).Usb);
    }

    private void Adapter(string device, string port, string driver, string maker, string name, bool present)
    {
        _registry.Set(Devices + device, ("Service", driver), ("Mfg", maker), ("FriendlyName", name));
        _registry.Set(Devices + device + @"\Device Parameters", ("PortName", port));
        _registry.Set(Drivers + driver + @"\Enum", present ? [("0", device)] : []);
    }

    private sealed class Registry : IRegistry
    {
        private readonly Dictionary<string, Dictionary<string, string>> _keys = [];

        public void Set(string key, params (string Name, string Text)[] values) => _keys[key] = values.ToDictionary(value => value.Name, value => value.Text);

        public IReadOnlyList<string> Keys(string key) =>
            [.. _keys.Keys.Where(name => name.StartsWith(key + '\\', StringComparison.Ordinal)).Select(name => name[(key.Length + 1)..].Split('\\')[0]).Distinct()];

        public IReadOnlyList<string> Names(string key) => [.. _keys.GetValueOrDefault(key, []).Keys];

        public string? Text(string key, string name) => _keys.GetValueOrDefault(key, []).GetValueOrDefault(name);
    }
}
