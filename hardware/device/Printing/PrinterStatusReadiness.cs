using Reception.Protocol;

namespace Reception.Device.Printing;

/// <summary>Whether a printer of a given status can print.</summary>
public static class PrinterStatusReadiness
{
    /// <summary>Why it can't print, in words for the technician, or null where it can. Low paper prints.</summary>
    public static string? NotReady(this PrinterStatus status) => status switch
    {
        { Online: false } => "The printer is off, off line or unplugged: it does not answer.",
        { Paper: "out" } => "The printer has no paper.",
        { Cover: "open" } => "The printer's cover is open.",
        { Fault: { } fault } => $"The printer reports a fault: {fault}.",
        _ => null,
    };
}
