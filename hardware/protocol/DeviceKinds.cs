namespace Reception.Protocol;

/// <summary>What a device can be, as presence and the registry write it.</summary>
public static class DeviceKinds
{
    /// <summary>A touch kiosk with a receipt printer (máy lấy số).</summary>
    public const string Kiosk = "kiosk";

    /// <summary>The program at a counter: serial rater, sign, keypad, printer.</summary>
    public const string CounterAgent = "counter-agent";

    /// <summary>A touch rater.</summary>
    public const string Rater = "rater";

    /// <summary>A printer that is a device of its own.</summary>
    public const string Printer = "printer";

    /// <summary>A display.</summary>
    public const string Display = "display";

    /// <summary>Whether a device of this kind belongs to a counter: what rates must know whose citizen it is.</summary>
    public static bool IsAtCounter(string kind) => kind is Rater or CounterAgent;

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } = [Kiosk, CounterAgent, Rater, Printer, Display];
}
