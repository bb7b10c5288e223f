namespace Reception.Device.Serial;

/// <summary>How a serial line is.</summary>
public enum LineState
{
    /// <summary>Open, and heard where it has a heartbeat.</summary>
    Open,

    /// <summary>There is no such port.</summary>
    Absent,

    /// <summary>The program's user may not open it.</summary>
    Denied,

    /// <summary>Another program has it.</summary>
    Busy,

    /// <summary>What is there is not a serial port.</summary>
    Unusable,

    /// <summary>The port opens, but nothing is heard.</summary>
    Silent,
}

/// <summary>How a serial line is, and in words what to do where it is not open.</summary>
public sealed record LineStatus(LineState State, string? Message)
{
    internal static LineStatus Open { get; } = new(LineState.Open, null);

    internal static LineStatus Of(SerialPortException refusal) => new(
        refusal.Problem switch
        {
            SerialPortProblem.Absent => LineState.Absent,
            SerialPortProblem.Denied => LineState.Denied,
            SerialPortProblem.Busy => LineState.Busy,
            _ => LineState.Unusable,
        },
        refusal.Message);
}
