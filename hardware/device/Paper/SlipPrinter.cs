using System.Globalization;
using Microsoft.Extensions.Logging;
using Reception.Device.Catalog;
using Reception.Device.Printing;
using Reception.Device.Reporting;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Device.Paper;

/// <summary>What became of a ticket's slip.</summary>
/// <param name="Result">Printed, failed or unknown, and why.</param>
/// <param name="Drawing">The slip as it came out; null where it did not.</param>
public sealed record PrintedSlip(PrintResult Result, SlipDrawing? Drawing)
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
public sealed class SlipPrinter
{
    // A number must get its paper: where its names do not come, the slip has none.
    private static readonly TimeSpan NamesPatience = TimeSpan.FromSeconds(3);

    private readonly PrinterConnection _printer;
    private readonly PrinterWatch _watch;
    private readonly SlipPaper _paper;
    private readonly CatalogCache _catalog;
    private readonly FactOutbox _outbox;
    private readonly TimeProvider _clock;
    private readonly ILogger<SlipPrinter> _log;

    /// <summary>Says once which fonts are missing; slips are drawn with the others.</summary>
    public SlipPrinter(
        PrinterConnection printer, PrinterWatch watch, SlipPaper paper, CatalogCache catalog, FactOutbox outbox, TimeProvider clock, ILogger<SlipPrinter> log)
    {
        (_printer, _watch, _paper, _catalog, _outbox, _clock, _log) = (printer, watch, paper, catalog, outbox, clock, log);
        foreach (var fault in SlipFonts.Shipped.Faults)
        {
            _log.LogWarning(DeviceEvents.FontMissing, "{Fault}", fault);
        }
    }

    /// <summary>Prints one slip, and waits until it is out, has failed, or nobody can say.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="language"><c>vi</c> or <c>en</c>.</param>
    /// <param name="copy">Whether it is marked as a copy.</param>
    /// <param name="stopping">Cancelled when the program stops.</param>
    public async Task<PrintedSlip> PrintAsync(TicketDocument ticket, string language, bool copy, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        await _watch.LookAsync(stopping);
        if (_watch.Trouble is { } trouble)
        {
            return new PrintedSlip(new PrintResult(PrintOutcome.Failed, trouble), null);
        }

        var names = await NamesAsync(ticket, stopping);
        SlipJob job;
        try
        {
            job = _paper.Make(SlipOf(ticket, names, language, copy));
        }
        catch (Exception failure) when (failure is DllNotFoundException or InvalidOperationException)
        {
            _log.LogError(DeviceEvents.LayoutFailed, failure, "The slip of ticket {Ticket} could not be laid out.", ticket.Id);
            ReportLayoutFault(failure.Message);
            return new PrintedSlip(new PrintResult(PrintOutcome.Failed, failure.Message), null);
        }

        var result = await _printer.PrintAsync(JobName(ticket, copy), job, stopping);
        if (result.Outcome == PrintOutcome.Printed)
        {
            return new PrintedSlip(result, job.Drawing);
        }

        _log.LogWarning(DeviceEvents.NotPrinted, "A slip was not printed ({Outcome}): {Error}", result.Outcome, result.Error);
        await _watch.LookAsync(stopping);
        return new PrintedSlip(result, null);
    }

    /// <summary>A slip that can't be drawn is the program's fault, not the printer's.</summary>
    private void ReportLayoutFault(string reason)
    {
        try
        {
            _outbox.Keep(ReportTypes.DeviceFault, new DeviceFault("slip-layout", reason));
        }
        catch (FactNotKeptException exception)
        {
            _log.LogError(DeviceEvents.FactNotKept, exception, "The fault slip-layout could not be kept: free some space on this machine's disk");
        }
    }

    /// <summary>The catalogue with the names of the ticket's services; after 3 s whatever there is of it.</summary>
    private async Task<CatalogDocument?> NamesAsync(TicketDocument ticket, CancellationToken stopping)
    {
        var names = await _catalog.WaitAsync(HasNames, NamesPatience, stopping);
        if (names is null || !HasNames(names))
        {
            _log.LogWarning(
                DeviceEvents.NamesMissing,
                "The slip of ticket {Ticket} is printed without names: the hub's catalogue did not come in {Seconds} s",
                ticket.Id,
                NamesPatience.TotalSeconds);
        }

        return names;

        bool HasNames(CatalogDocument known) =>
            ticket.Services.Append(ticket.Service).All(code => known.Services.Any(service => service.Code == code));
    }

    private static Slip SlipOf(TicketDocument ticket, CatalogDocument? names, string language, bool copy)
    {
        var service = names?.Services.FirstOrDefault(service => service.Code == ticket.Service);
        var issued = HallTime.In(names, ticket.IssuedAt);
        return new Slip
        {
            Hall = names?.Site.Name ?? "",
            Number = ticket.Number,
            Service = service?.Name ?? "",
            ServiceEnglish = service?.English,
            Then = string.Join(", ", ticket.Services.Select(code => NameOf(names, code, language)).OfType<string>()),
            Priority = ticket.Lane == "priority",
            BookedAt = ticket.Appointment is { } booked ? HallTime.In(names, booked) : null,
            Ahead = ticket.Ahead,
            Wait = Wait.Of(ticket),
            IssuedAt = issued,
            Link = ticket.Link,
            ForwardNextDayAfter = HallTime.Passed(names?.ForwardNextDayAfter, issued),
            Copy = copy,
            Language = language,
        };
    }

    private static string? NameOf(CatalogDocument? names, string code, string language) =>
        names?.Services.FirstOrDefault(service => service.Code == code) switch
        {
            { English.Length: > 0 } service when language == "en" => service.English,
            { } service => service.Name,
            null => null,
        };

    private string JobName(TicketDocument ticket, bool copy)
    {
        var number = string.Concat(ticket.Number.Where(char.IsAsciiLetterOrDigit).Take(8));
        var moment = HallTime.In(_catalog.Current, _clock.GetUtcNow()).ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        return $"{moment}-{number}{(copy ? "-copy" : "")}";
    }
}
