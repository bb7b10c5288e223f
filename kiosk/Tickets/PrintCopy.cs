using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>A <c>ticket.print</c> command: a second paper of one number, marked as a copy, or the paper of a console's ticket.</summary>
internal sealed class PrintCopy(ErrandBook book, PaperSlot slot, TellHub tell, TimeProvider clock, ILogger<PrintCopy> log)
{
    public async Task RunAsync(Command command, CancellationToken stopping)
    {
        if (TicketPrint.Read(command.Data) is not { } wanted)
        {
            log.LogWarning(KioskEvents.BadCommand, "Command {Command} holds no ticket to print.", command.Id);
            return;
        }

        var open = book.PrintCopy(wanted.Ticket.Id, fact: Guid.CreateVersion7(clock.GetUtcNow()));
        var print = await slot.PrintAsync(wanted.Ticket, language: "vi", wanted.Copy, stopping);
        await tell.RunAsync(open, ReportTypes.TicketPrinted, print.Fact(wanted.Ticket.Id, wanted.Copy), stopping);
    }
}
