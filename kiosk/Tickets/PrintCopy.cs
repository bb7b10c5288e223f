using Microsoft.Data.Sqlite;
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

        var open = new OpenErrand(Fact: Guid.CreateVersion7(clock.GetUtcNow()), Report: null, wanted.Ticket.Id, Copy: true, Shown: null);
        await tell.RunAsync(open, ReportTypes.TicketPrinted, await OutcomeAsync(open, wanted, stopping), stopping);
    }

    private async Task<TicketPrinted> OutcomeAsync(OpenErrand open, TicketPrint wanted, CancellationToken stopping)
    {
        try
        {
            book.PrintCopy(wanted.Ticket.Id, open.Fact);
        }
        catch (SqliteException failure)
        {
            log.LogError(KioskEvents.CopyNotKept, failure, "A slip of ticket {Ticket} is not printed: free some space on this machine's disk.", wanted.Ticket.Id);
            return new TicketPrinted(wanted.Ticket.Id, "failed") { Error = "The kiosk's disk is full.", Copy = wanted.Copy ? true : null };
        }

        var print = await slot.PrintAsync(wanted.Ticket, language: "vi", wanted.Copy, stopping);
        return print.Fact(wanted.Ticket.Id, wanted.Copy);
    }
}
