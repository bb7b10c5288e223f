using Reception.Protocol;

namespace Reception.Hub.Registry;

/// <summary>What ails a printer, as codes that the strings have words for under <c>printer.</c>, with what to do under <c>.do</c>.</summary>
internal static class PrinterTroubles
{
    /// <summary>The one trouble that still prints.</summary>
    public const string PaperLow = "paper-low";

    /// <summary>Before each of them in a device's list of faults.</summary>
    public const string Fault = "printer-";

    /// <summary>The gravest first. What a printer that does not answer said earlier is not told.</summary>
    public static IReadOnlyList<string> Of(PrinterStatus status) => !status.Online
        ? ["offline"]
        :
        [
            .. status.Paper == "out" ? ["paper-out"] : Array.Empty<string>(),
            .. status.Cover == "open" ? ["cover-open"] : Array.Empty<string>(),
            .. status.Fault is { } fault ? [fault] : Array.Empty<string>(),
            .. status.Paper == "low" ? [PaperLow] : Array.Empty<string>(),
        ];

    public static bool Prints(PrinterStatus status) => Of(status).All(trouble => trouble == PaperLow);
}
