using System.Globalization;
using Microsoft.Extensions.Logging;
using Reception.Device.Printing;
using Reception.Device.Session;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Device.Paper;

/// <summary>What became of a ticket's slip.</summary>
/// <param name="Result">Printed, failed or unknown, and why.</param>
/// <param name="Drawing">The slip as it came out; null where it did not.</param>
/// <param name="IsLaidOut">False where the slip could not even be drawn: the program's own fault, not the printer's.</param>
public sealed record PrintedSlip(PrintResult Result, SlipDrawing? Drawing, bool IsLaidOut = true)
{
    /// <summary>The fact that tells of it.</summary>
    public TicketPrinted Fact(Guid ticket, bool copy) => new(ticket, Result.Outcome switch
    {
        PrintOutcome.Printed => "printed",
        PrintOutcome.Failed => "failed",
        _ => "unknown",
    })
    {
        Error = Result.Error,
        Copy = copy ? true : null,
    };
}

/// <summary>Prints tickets' slips. The printer is looked at before anything is sent, and after a failure.</summary>
public sealed class SlipPrinter(PrinterLine printer, PrinterWatch watch, SlipPaper paper, Func<CatalogDocument?> catalog, TimeProvider clock, ILogger<SlipPrinter> log)
{
    /// <summary>Prints one slip, and waits until it is out, has failed, or nobody can say.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="language"><c>vi</c> or <c>en</c>.</param>
    /// <param name="copy">Whether it is marked as a copy.</param>
    /// <param name="stopping">Cancelled when the program stops.</param>
    public async Task<PrintedSlip> PrintAsync(TicketDocument ticket, string language, bool copy, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        await watch.LookAsync(stopping);
        if (watch.Trouble is { } trouble)
        {
            return new PrintedSlip(new PrintResult(PrintOutcome.Failed, trouble), null);
        }

        SlipJob job;
        try
        {
            job = paper.Make(SlipOf(ticket, language, copy));
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException or InvalidOperationException)
        {
            log.LogError(DeviceEvents.LayoutFailed, failure, "The slip of ticket {Ticket} could not be laid out.", ticket.Id);
            return new PrintedSlip(new PrintResult(PrintOutcome.Failed, failure.Message), null, IsLaidOut: false);
        }

        var result = await printer.PrintAsync(JobName(ticket, copy), job.Bytes, stopping);
        if (result.Outcome == PrintOutcome.Printed)
        {
            return new PrintedSlip(result, job.Drawing);
        }

        log.LogWarning(DeviceEvents.NotPrinted, "A slip was not printed ({Outcome}): {Error}", result.Outcome, result.Error);
        await watch.LookAsync(stopping);
        return new PrintedSlip(result, null);
    }

    private Slip SlipOf(TicketDocument ticket, string language, bool copy)
    {
        var names = catalog();
        var service = names?.Services.FirstOrDefault(service => service.Code == ticket.Service);
        var issued = HallTime.In(names, ticket.IssuedAt);
        return new Slip
        {
            Hall = names?.Site.Name ?? "",
            Number = ticket.Number,
            Service = service?.Name ?? ticket.Service,
            ServiceEnglish = service?.English,
            Then = ticket.Services.Count == 0 ? null : string.Join(", ", ticket.Services.Select(code => NameOf(names, code, language))),
            Priority = ticket.Lane == "priority",
            BookedAt = ticket.Appointment is { } booked ? HallTime.In(names, booked) : null,
            Ahead = ticket.Ahead,
            EstimatedWaitSeconds = ticket.EstimatedWaitSeconds,
            EstimatedWaitRange = ticket.EstimatedWaitRange,
            IssuedAt = issued,
            Link = ticket.Link,
            ForwardNextDayAfter = HallTime.Passed(names?.ForwardNextDayAfter, issued),
            Copy = copy,
            Language = language,
        };
    }

    private static string NameOf(CatalogDocument? names, string code, string language) => names?.Services.FirstOrDefault(service => service.Code == code) switch
    {
        { English.Length: > 0 } service when language == "en" => service.English,
        { } service => service.Name,
        null => code,
    };

    private string JobName(TicketDocument ticket, bool copy)
    {
        var number = string.Concat(ticket.Number.Where(char.IsAsciiLetterOrDigit).Take(8));
        var moment = HallTime.In(catalog(), clock.GetUtcNow()).ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        return $"{moment}-{number}{(copy ? "-copy" : "")}";
    }
}
