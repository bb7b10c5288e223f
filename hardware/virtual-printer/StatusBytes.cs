namespace Reception.VirtualPrinter;

/// <summary>What a printer answers, bit by bit as Epson's command reference sets them.</summary>
internal static class StatusBytes
{
    /// <summary>The answer to <c>DLE EOT n</c>.</summary>
    public static byte RealTime(int question, Mechanics state) => (byte)(0x12 | question switch
    {
        1 => Bit(3, !state.CanMove),
        2 => Bit(2, state.CoverOpen) | Bit(5, state.PaperLeft == "out") | Bit(6, state.Fault != "none"),
        3 => Bit(3, state.Fault == "cutter") | Bit(5, state.Fault == "other") | Bit(6, state.Fault == "temperature"),
        _ => Twice(2, state.PaperLeft != "ok") | Twice(5, state.PaperLeft == "out"),
    });

    /// <summary>Automatic status.</summary>
    public static byte[] Automatic(Mechanics state) =>
    [
        (byte)(0x10 | Bit(3, !state.CanMove) | Bit(5, state.CoverOpen)),
        (byte)(Bit(3, state.Fault == "cutter") | Bit(5, state.Fault == "other") | Bit(6, state.Fault == "temperature")),
        (byte)(Twice(0, state.PaperLeft != "ok") | Twice(2, state.PaperLeft == "out")),
        0,
    ];

    /// <summary>The answer to <c>GS r 1</c>.</summary>
    public static byte PaperSensor(Mechanics state) => (byte)(Twice(0, state.PaperLeft != "ok") | Twice(2, state.PaperLeft == "out"));

    private static int Bit(int place, bool set) => set ? 1 << place : 0;

    private static int Twice(int place, bool set) => set ? 3 << place : 0;
}
