using System.Runtime.InteropServices;

namespace Reception.Device.Serial;

/// <summary>The system's own terminals: USB adapters, on-board ports and ptys.</summary>
public sealed class TerminalPorts : ISerialPorts
{
    /// <summary>The speeds a line can have, in baud.</summary>
    public static IReadOnlyList<int> Speeds { get; } = [9600, 19200, 38400, 57600, 115200];

    /// <inheritdoc/>
    public ISerialPort Open(string path, int baud) => OpenTerminal(path, baud);

    /// <summary>Opens a line as <see cref="Open"/> does.</summary>
    internal static TerminalPort OpenTerminal(string path, int baud, FlowControl flow = FlowControl.None)
    {
        if (!Speeds.Contains(baud))
        {
            throw new ArgumentOutOfRangeException(nameof(baud), baud, $"A serial line runs at {string.Join(", ", Speeds)} baud.");
        }

        var file = OpenFile(path);
        try
        {
            Prepare(file, path, baud, flow);
            return new TerminalPort(file, path);
        }
        catch
        {
            _ = Termios.Close(file);
            throw;
        }
    }

    /// <summary>Opens a device that is no terminal and takes bytes as they are, such as <c>/dev/usb/lp0</c>.</summary>
    internal static TerminalPort OpenDevice(string path) => new(OpenFile(path, "lp"), path);

    /// <summary>The words for an error of open(2).</summary>
    internal static SerialPortException Describe(string path, int error, string group = "dialout") => error switch
    {
        Termios.NoEntry or Termios.NoDevice or Termios.NoDeviceOrAddress => new SerialPortException(
            SerialPortProblem.Absent, $"{path} is not there: plug the device in, or name the port that it has now (counter-agent --list shows them)."),
        Termios.AccessDenied => new SerialPortException(
            SerialPortProblem.Denied,
            $"There is no permission for {path}: add this program's user to the group {group} (adduser {Environment.UserName} {group}), "
            + "install the udev rule hardware/docs/70-reception.rules, and start the program again."),
        Termios.DeviceBusy => Busy(path),
        _ => new SerialPortException(SerialPortProblem.Unusable, $"{path} can't be opened as a serial port: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    // Non-blocking: an open would otherwise wait for a modem's carrier.
    private static int OpenFile(string path, string group = "dialout")
    {
        var file = Termios.Open(path, Termios.ReadWrite | Termios.NoControllingTerminal | Termios.NonBlocking | Termios.CloseOnExec);
        return file >= 0 ? file : throw Describe(path, Marshal.GetLastPInvokeError(), group);
    }

    private static SerialPortException Busy(string path) =>
        new(SerialPortProblem.Busy, $"{path} is in use by another program: stop that one, or give this desk another port.");

    private static unsafe void Prepare(int file, string path, int baud, FlowControl flow)
    {
        Termios.Settings settings;
        if (Termios.GetSettings(file, &settings) != 0)
        {
            throw new SerialPortException(SerialPortProblem.Unusable, $"{path} is no serial port: name a terminal such as /dev/serial/by-id/… or /dev/ttyUSB0.");
        }

        // Two programs on one line would steal each other's frames; a lock binds root as well, an exclusive terminal would not.
        if (Termios.Lock(file, Termios.LockExclusiveNow) != 0)
        {
            throw Busy(path);
        }

        Termios.MakeSerial(ref settings, baud, flow);
        if (Termios.SetSettings(file, Termios.SetNow, &settings) != 0)
        {
            throw new SerialPortException(
                SerialPortProblem.Unusable, $"{path} does not take {baud} baud, 8N1: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }

        _ = Termios.Flush(file, Termios.FlushInput);
    }
}
