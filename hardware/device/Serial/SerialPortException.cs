namespace Reception.Device.Serial;

/// <summary>Why a serial port can't be opened.</summary>
public enum SerialPortProblem
{
    /// <summary>There is nothing at the path: not plugged in, or another name.</summary>
    Absent,

    /// <summary>The program's user may not open it.</summary>
    Denied,

    /// <summary>Another program has it.</summary>
    Busy,

    /// <summary>What is at the path is not a serial port, or it does not take the settings.</summary>
    Unusable,
}

/// <summary>A serial port that can't be opened; the message is one line for the technician, with what to do.</summary>
public sealed class SerialPortException(SerialPortProblem problem, string message) : IOException(message)
{
    /// <summary>Why.</summary>
    public SerialPortProblem Problem { get; } = problem;
}
