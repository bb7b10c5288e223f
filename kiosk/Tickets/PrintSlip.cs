using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>Prints the slip of a citizen who stands at the screen, and shows there how far it has come.</summary>
internal sealed class PrintSlip(Errands errands, PaperSlot slot, TellHub tell, TimeProvider clock)
{
    // The number is on the screen at once; that its paper can't be waited for is said within 5 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task RunAsync(Errand errand, OpenErrand open, CancellationToken stopping)
    {
        var ticket = errand.Ticket!;
        var printing = slot.PrintAsync(ticket, errand.Language, errand.IsCopy, stopping);
        if (await Task.WhenAny(printing, Task.Delay(Patience, clock, stopping)) != printing)
        {
            errands.Change(errand.Id, it => it with { Paper = PaperStage.Late });
        }

        var print = await printing;
        errands.Change(errand.Id, it => it with { Paper = print.Stage, Trouble = print.Trouble, Picture = print.Picture });
        await tell.RunAsync(open, ReportTypes.TicketPrinted, print.Fact(ticket.Id, errand.IsCopy), stopping);
    }
}
