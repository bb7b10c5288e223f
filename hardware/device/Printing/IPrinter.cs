using Reception.Protocol;

namespace Reception.Device.Printing;

/// <summary>What became of a print, as <c>ticket.printed</c> reports it.</summary>
public enum PrintOutcome
{
    /// <summary>The paper came out.</summary>
    Printed,

    /// <summary>No paper came out: nothing had left for the printer, or the printer said so.</summary>
    Failed,

    /// <summary>The line broke after bytes had left: there may be a paper or not.</summary>
    Unknown,
}

/// <summary>What became of a print, and why.</summary>
/// <param name="Outcome">Printed, failed or unknown.</param>
/// <param name="Error">Words for the technician, or null.</param>
public sealed record PrintResult(PrintOutcome Outcome, string? Error = null);

/// <summary>A receipt printer, the one seam to its line: serial, USB, TCP or files.</summary>
public interface IPrinter : IDisposable
{
    /// <summary>Asks the printer how it is. Never throws for the printer's sake: one that can't be reached is not online.</summary>
    Task<PrinterStatus> ReadStatusAsync(CancellationToken cancellation);

    /// <summary>Why the line could not be opened the last time, in words for the technician; null where it could, or nobody answered.</summary>
    string? LineProblem { get; }

    /// <summary>Sends one slip and waits until it is out. Failures are outcomes, not exceptions.</summary>
    /// <param name="name">A name for the job: letters, digits and hyphens, at most 80.</param>
    /// <param name="job">What is to come out, as ESC/POS and as drawn.</param>
    /// <param name="cancellation">Cancelled when the program stops: the outcome is then what is known so far.</param>
    Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken cancellation);
}
