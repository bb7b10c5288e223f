using System.Globalization;
using System.Net.Sockets;
using Reception.Device.Serial;

namespace Reception.Device.Printing;

/// <summary>Where a printer is.</summary>
internal abstract record PrinterAddress
{
    /// <summary>The forms that are known, in words for a configuration's error.</summary>
    public const string Known = "serial:/dev/ttyUSB0?baud=115200&flow=rts-cts (on Windows serial:COM3), usb:/dev/usb/lp0 (Linux), windows:PRINTER (Windows), tcp://host:9100 or file:DIR";

    /// <summary>Reads an address, or gives null where it has no known form.</summary>
    public static PrinterAddress? Read(string text) => Read(text, OperatingSystem.IsWindows());

    internal static PrinterAddress? Read(string text, bool isWindows)
    {
        var (kind, rest) = text.Split(':', 2) is [var first, var second] ? (first, second) : ("", "");
        return kind switch
        {
            "file" when rest.Length > 0 => new Files(rest),
            "usb" when rest.StartsWith('/') && !isWindows => new Usb(rest),
            "windows" when rest.Length > 0 && isWindows => new Spooled(rest),
            "serial" => ReadSerial(rest, isWindows),
            "tcp" when Uri.TryCreate(text, UriKind.Absolute, out var address)
                && address is { Port: > 0, PathAndQuery: "" or "/", UserInfo: "", HostNameType: not UriHostNameType.Unknown } && address.Host.Length > 0 =>
                new Tcp(address.DnsSafeHost, address.Port),
            _ => null,
        };
    }

    private static Serial? ReadSerial(string rest, bool isWindows)
    {
        var (path, query) = rest.Split('?', 2) is [var before, var after] ? (before, after.Split('&')) : (rest, []);
        if (!PortPath.IsValid(path, isWindows))
        {
            return null;
        }

        var serial = new Serial(path, 115200, FlowControl.None);
        foreach (var setting in query)
        {
            Serial? next = setting.Split('=', 2) switch
            {
                ["baud", var baud] when int.TryParse(baud, NumberStyles.None, CultureInfo.InvariantCulture, out var speed) && SystemPorts.Speeds.Contains(speed) =>
                    serial with { Baud = speed },
                ["flow", "none"] => serial with { Flow = FlowControl.None },
                ["flow", "rts-cts"] => serial with { Flow = FlowControl.RtsCts },
                ["flow", "xon-xoff"] => serial with { Flow = FlowControl.XonXoff },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            serial = next;
        }

        return serial;
    }

    /// <summary>A folder that the papers fall into.</summary>
    internal sealed record Files(string Folder) : PrinterAddress;

    /// <summary>The kernel's USB line printer.</summary>
    internal sealed record Usb(string Path) : PrinterAddress;

    /// <summary>A printer that is installed in Windows, by its name there.</summary>
    internal sealed record Spooled(string Printer) : PrinterAddress;

    /// <summary>A serial port.</summary>
    internal sealed record Serial(string Path, int Baud, FlowControl Flow) : PrinterAddress;

    /// <summary>A printer with a network card, by convention at port 9100.</summary>
    internal sealed record Tcp(string Host, int Port) : PrinterAddress
    {
        /// <summary>Connects.</summary>
        public async Task<Stream> ConnectAsync(CancellationToken cancellation)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(Host, Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
