using Reception.Device.Platform;

namespace Reception.Device.Serial;

/// <summary>What the system says of a serial port, in one line for the technician with what to do.</summary>
internal static class SerialPortFaults
{
    /// <summary>Whether System.IO.Ports throws it of a port, and not of a bug.</summary>
    public static bool IsOfPort(Exception fault) => fault
        is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or TimeoutException or OperationCanceledException;

    /// <summary>An open port that went away.</summary>
    public static IOException Gone(string path, Exception fault) => new($"The port {path} is gone: {fault.Message.TrimEnd('.')}.", fault);

    /// <summary>An open port whose device takes no byte.</summary>
    public static IOException Stuck(string path) => new($"The port {path} takes no more bytes: check that the device has power, and its flow control.");

    /// <summary>Another program has the port.</summary>
    public static SerialPortException Busy(string path) =>
        new(SerialPortProblem.Busy, $"{path} is in use by another program: stop that one, or configure another port.");

    /// <summary>What is at the path is not a serial port.</summary>
    public static SerialPortException NoPort(string path) =>
        new(SerialPortProblem.Unusable, $"{path} is not a serial port: name a terminal such as /dev/serial/by-id/… or /dev/ttyUSB0.");

    /// <summary>The port does not take its settings.</summary>
    public static SerialPortException Refused(string path, int baud, Exception fault) =>
        new(SerialPortProblem.Unusable, $"{path} does not take {baud} baud, 8N1: {fault.Message.TrimEnd('.')}.");

    /// <summary>An error of open(2) on Linux.</summary>
    /// <param name="path">The port.</param>
    /// <param name="error">With the error's number as <see cref="Exception.HResult"/>.</param>
    /// <param name="group">The group that such devices belong to.</param>
    public static SerialPortException OnLinux(string path, IOException error, string group) => error.HResult switch
    {
        Libc.NoEntry or Libc.NoDevice or Libc.NoDeviceOrAddress => Absent(path),
        Libc.AccessDenied => new SerialPortException(
            SerialPortProblem.Denied,
            $"There is no permission for {path}: add this program's user to the group {group} (adduser {Environment.UserName} {group}), "
            + "install the udev rule hardware/docs/70-reception.rules, and start the program again."),
        Libc.DeviceBusy => Busy(path),
        _ => new SerialPortException(SerialPortProblem.Unusable, $"{path} can't be opened as a serial port: {error.Message}."),
    };

    /// <summary>What SerialPort.Open throws on Windows, which has one error for a port in use and for one that is not allowed.</summary>
    public static SerialPortException OnWindows(string path, int baud, Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => Absent(path),
        UnauthorizedAccessException => new SerialPortException(
            SerialPortProblem.Busy,
            $"{path} is in use by another program, or this program's user may not open it: close other programs that use serial ports "
            + "(a terminal, a firmware tool, the printer's own software, a second agent); where there is none, pull the device's USB lead "
            + "out and in, and check the account under which this service runs."),
        ArgumentException => new SerialPortException(
            SerialPortProblem.Unusable, $"{path} is not a serial port: name one such as COM3 (counter-agent --list shows them)."),
        _ => Refused(path, baud, fault),
    };

    private static SerialPortException Absent(string path) => new(
        SerialPortProblem.Absent, $"{path} is not there: plug the device in, or name the port that it has now (counter-agent --list shows them).");
}
