using Reception.Protocol;

namespace Reception.Hub.Devices;

/// <summary>What ails a printer, as codes that the strings have words for under <c>printer.</c>, with what to do under <c>.do</c>.</summary>
internal static class PrinterTroubles
{
    /// <summary>A copy was ordered here and was not reported as printed.</summary>
    public const string Copy = "copy";

    /// <summary>The paper ends soon.</summary>
    public const string PaperLow = "paper-low";

    /// <summary>Before each of them in a device's list of faults.</summary>
    public const string Fault = "printer-";

    private static readonly string[] Known = ["offline", "paper-out", "cover-open", "cutter", "temperature", "other", Copy, PaperLow];

    /// <summary>The gravest first. What a printer that does not answer said earlier is not told.</summary>
    public static IReadOnlyList<string> Of(PrinterStatus? status, bool owesCopy = false)
    {
        string[] copy = owesCopy ? [Copy] : [];
        return status switch
        {
            null => copy,
            { Online: false } => ["offline", .. copy],
            _ =>
            [
                .. status.Paper == "out" ? ["paper-out"] : Array.Empty<string>(),
                .. status.Cover == "open" ? ["cover-open"] : Array.Empty<string>(),
                .. status.Fault is { } fault ? [fault] : Array.Empty<string>(),
                .. copy,
                .. status.Paper == "low" ? [PaperLow] : Array.Empty<string>(),
            ],
        };
    }

    /// <summary>The trouble that a device's fault stands for; null where it is another fault.</summary>
    public static string? OfFault(string code) =>
        code.StartsWith(Fault, StringComparison.Ordinal) && Known.Contains(code[Fault.Length..]) ? code[Fault.Length..] : null;

    /// <summary>Whether slips come out all the same.</summary>
    public static bool StillPrints(string trouble) => trouble is Copy or PaperLow;

    public static bool Prints(PrinterStatus status) => Of(status).All(StillPrints);
}
