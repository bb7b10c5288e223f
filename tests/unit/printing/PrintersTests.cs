using Reception.Device.Printing;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class PrintersTests
{
    [Theory]
    [InlineData("serial:/dev/ttyUSB0?baud=115200")]
    [InlineData("serial:/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0?baud=9600")]
    [InlineData("serial:/dev/ttyS1")]
    [InlineData("serial:/dev/ttyUSB0?flow=xon-xoff")]
    [InlineData("serial:/dev/ttyUSB0?baud=19200&flow=rts-cts")]
    [InlineData("usb:/dev/usb/lp0")]
    [InlineData("tcp://192.168.1.9:9100")]
    [InlineData("tcp://[::1]:9100")]
    [InlineData("tcp://printer.local:9100/")]
    [InlineData("file:/var/lib/paper")]
    [InlineData("file:paper")]
    public void A_printer_has_an_address(string address) => Assert.True(Printers.IsKnown(address));

    [Theory]
    [InlineData("serial:COM3", true)]
    [InlineData("serial:COM12?baud=9600&flow=rts-cts", true)]
    [InlineData("serial:COM3?baud=7", false)]
    [InlineData("serial:COM", false)]
    [InlineData("serial:/dev/ttyUSB0", false)]
    [InlineData("usb:/dev/usb/lp0", false)]
    [InlineData("tcp://192.168.1.9:9100", true)]
    [InlineData("windows:XP-80C", true)]
    [InlineData(@"windows:\\hub\Máy in phiếu", true)]
    [InlineData("windows:", false)]
    public void On_Windows_a_printer_has_a_COM_port_a_network_address_or_a_name(string address, bool isKnown) =>
        Assert.Equal(isKnown, PrinterAddress.Read(address, isWindows: true) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("file:")]
    [InlineData("tcp:192.168.1.9")]
    [InlineData("tcp://192.168.1.9")]
    [InlineData("tcp://192.168.1.9:70000")]
    [InlineData("tcp://user@host:9100")]
    [InlineData("tcp://host:9100/path")]
    [InlineData("serial:ttyUSB0")]
    [InlineData("serial:COM3")]
    [InlineData("serial:/dev/ttyUSB0?baud=7")]
    [InlineData("serial:/dev/ttyUSB0?speed=9600")]
    [InlineData("serial:/dev/ttyUSB0?baud=9600&flow=dtr")]
    [InlineData("serial:/dev/ttyUSB0?baud=9600?flow=none")]
    [InlineData("usb:lp0")]
    [InlineData("http://192.168.1.9:9100")]
    public void What_is_no_printers_address_opens_nothing(string address)
    {
        Assert.False(Printers.IsKnown(address));
        Assert.Contains("tcp://host:9100", Assert.Throws<ArgumentException>(() => Printers.Open(address, SampleSlips.Profile, TimeProvider.System)).Message, StringComparison.Ordinal);
    }
}
