namespace Reception.Device.Serial;

/// <summary>How a serial line is.</summary>
public enum PortState
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
public sealed record PortStatus(PortState State, string? Message)
{
    internal static PortStatus Open { get; } = new(PortState.Open, null);

    internal static PortStatus Of(SerialPortException refusal) => new(
        refusal.Problem switch
        {
            SerialPortProblem.Absent => PortState.Absent,
            SerialPortProblem.Denied => PortState.Denied,
            SerialPortProblem.Busy => PortState.Busy,
            _ => PortState.Unusable,
        },
        refusal.Message);
}
