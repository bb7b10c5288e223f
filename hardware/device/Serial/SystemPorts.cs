using System.IO.Ports;
using System.Runtime.Versioning;
using Reception.Device.Platform;

namespace Reception.Device.Serial;

/// <summary>The system's own ports: USB adapters, on-board ports and ptys.</summary>
public sealed class SystemPorts : ISerialPorts
{
    /// <summary>The speeds a port can have, in baud.</summary>
    public static IReadOnlyList<int> Speeds { get; } = [9600, 19200, 38400, 57600, 115200];

    /// <inheritdoc/>
    public ISerialPort Open(string path, int baud) => Open(path, baud, FlowControl.None);

    /// <summary>Opens a port as <see cref="Open(string, int)"/> does.</summary>
    internal static ISerialPort Open(string path, int baud, FlowControl flow)
    {
        if (!Speeds.Contains(baud))
        {
            throw new ArgumentOutOfRangeException(nameof(baud), baud, $"A serial port runs at {string.Join(", ", Speeds)} baud.");
        }

        return OperatingSystem.IsLinux() ? OpenOnLinux(path, baud, flow) : OpenAlone(path, baud, flow, hasModemLines: true);
    }

    /// <summary>Opens a device that is no terminal and takes bytes as they are, such as <c>/dev/usb/lp0</c>.</summary>
    [SupportedOSPlatform("linux")]
    internal static ISerialPort OpenDevice(string path) => new LinuxPort(OpenFile(path, "lp"), port: null, path, device: null);

    /// <summary>Opens a port by System.IO.Ports alone, as on Windows.</summary>
    internal static OverlappedPort OpenAlone(string path, int baud, FlowControl flow, bool hasModemLines)
    {
        try
        {
            return new OverlappedPort(OpenPort(path, baud, flow, hasModemLines), path, SerialPortList.Find(path)?.Device);
        }
        catch (Exception fault) when (SerialPortFaults.IsOfPort(fault))
        {
            throw SerialPortFaults.OnWindows(path, baud, fault);
        }
    }

    // The file first: it says why a port can't be opened, where System.IO.Ports has one error for all. Its lock binds root as well, which
    // the exclusive terminal of System.IO.Ports does not, and is taken before another program's port is set up anew.
    [SupportedOSPlatform("linux")]
    private static LinuxPort OpenOnLinux(string path, int baud, FlowControl flow)
    {
        var file = OpenFile(path, "dialout");
        SerialPort? port = null;
        try
        {
            if (!file.IsTerminal)
            {
                throw SerialPortFaults.NoPort(path);
            }

            if (!file.TryLock())
            {
                throw SerialPortFaults.Busy(path);
            }

            port = OpenPort(path, baud, flow, file.HasModemLines);
            file.KeepModemLinesAtClose();
            return new LinuxPort(file, port, path, SerialPortList.Find(path)?.Device);
        }
        catch (Exception fault)
        {
            port?.Dispose();
            file.Dispose();
            if (fault is SerialPortException || !SerialPortFaults.IsOfPort(fault))
            {
                throw;
            }

            // Another program made the terminal exclusive since the file was opened.
            throw fault is UnauthorizedAccessException ? SerialPortFaults.Busy(path) : SerialPortFaults.Refused(path, baud, fault);
        }
    }

    [SupportedOSPlatform("linux")]
    private static LinuxDevice OpenFile(string path, string group)
    {
        try
        {
            return LinuxDevice.Open(path);
        }
        catch (IOException error)
        {
            throw SerialPortFaults.OnLinux(path, error, group);
        }
    }

    private static SerialPort OpenPort(string path, int baud, FlowControl flow, bool hasModemLines)
    {
        // DTR and RTS stay as the system sets them when a port is opened: a pulse resets some boards, and printers wait for them.
        var port = new SerialPort(path, baud, Parity.None, 8, StopBits.One)
        {
            DtrEnable = hasModemLines,
            RtsEnable = hasModemLines && flow != FlowControl.RtsCts,
            Handshake = flow switch
            {
                FlowControl.RtsCts => Handshake.RequestToSend,
                FlowControl.XonXoff => Handshake.XOnXOff,
                _ => Handshake.None,
            },
        };
        try
        {
            port.Open();
            port.DiscardInBuffer();
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }
}
