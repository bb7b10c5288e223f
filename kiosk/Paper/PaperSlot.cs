using Reception.Device.Printing;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Screens;
using Reception.Kiosk.Tickets;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Kiosk.Paper;

/// <summary>What became of one slip.</summary>
internal sealed record SlipPrint(PaperStage Stage, string? Error, PaperTrouble? Trouble, byte[]? Picture)
{
    public TicketPrinted Fact(Guid ticket, bool copy) => new(ticket, Stage switch
    {
        PaperStage.Printed => "printed",
        PaperStage.Failed => "failed",
        _ => "unknown",
    })
    {
        Error = Error,
        Copy = copy ? true : null,
    };
}

/// <summary>The slot that papers come out of. The printer is looked at before anything is sent, and after a failure.</summary>
internal sealed class PaperSlot(PrinterLine printer, SlipPaper paper, PrinterWatch watch, HubSide hub, HallClock clock, ILogger<PaperSlot> log)
{
    public async Task<SlipPrint> PrintAsync(TicketDocument ticket, string language, bool copy, CancellationToken stopping)
    {
        await watch.LookAsync(stopping);
        if (watch.Trouble is { } trouble)
        {
            return new SlipPrint(PaperStage.Failed, watch.Reason, trouble, null);
        }

        try
        {
            var job = paper.Make(SlipOf(ticket, language, copy));
            var result = await printer.PrintAsync(JobName(ticket, copy), job.Bytes, stopping);
            return await JudgeAsync(result, job, stopping);
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException or InvalidOperationException)
        {
            log.LogError(KioskEvents.LayoutFailed, failure, "The slip of ticket {Ticket} could not be laid out.", ticket.Id);
            hub.Keep(ReportTypes.DeviceFault, new DeviceFault("slip-layout", failure.Message));
            return new SlipPrint(PaperStage.Failed, failure.Message, PaperTrouble.Fault, null);
        }
    }

    private async Task<SlipPrint> JudgeAsync(PrintResult result, SlipJob job, CancellationToken stopping)
    {
        if (result.Outcome == PrintOutcome.Printed)
        {
            return new SlipPrint(PaperStage.Printed, null, null, PngPicture.Encode(job.Drawing.Dots));
        }

        log.LogWarning(KioskEvents.NotPrinted, "A slip was not printed ({Outcome}): {Error}", result.Outcome, result.Error);
        await watch.LookAsync(stopping);
        return new SlipPrint(result.Outcome == PrintOutcome.Failed ? PaperStage.Failed : PaperStage.Unknown, result.Error, watch.Trouble ?? PaperTrouble.Fault, null);
    }

    private Slip SlipOf(TicketDocument ticket, string language, bool copy)
    {
        var catalog = hub.Catalog;
        var service = catalog?.Services.FirstOrDefault(service => service.Code == ticket.Service);
        var issued = clock.InHall(ticket.IssuedAt);
        return new Slip
        {
            Hall = catalog?.Site.Name ?? "",
            Number = ticket.Number,
            Service = service?.Name ?? ticket.Service,
            ServiceEnglish = service?.English,
            Priority = ticket.Lane == "priority",
            Ahead = ticket.Ahead,
            EstimatedWaitSeconds = ticket.EstimatedWaitSeconds,
            IssuedAt = issued,
            Link = ticket.Link,
            ForwardNextDayAfter = clock.ForwardLinePassed(issued),
            Copy = copy,
            Language = language,
        };
    }

    private string JobName(TicketDocument ticket, bool copy)
    {
        var number = string.Concat(ticket.Number.Where(char.IsAsciiLetterOrDigit).Take(8));
        var moment = clock.InHall(clock.Now).ToString("yyyyMMdd-HHmmss-fff", System.Globalization.CultureInfo.InvariantCulture);
        return $"{moment}-{number}{(copy ? "-copy" : "")}";
    }
}
