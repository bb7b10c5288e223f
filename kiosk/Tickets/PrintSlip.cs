using Reception.Device.Reporting;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>Prints the slip of a citizen who stands at the screen, and shows there how far it has come.</summary>
internal sealed class PrintSlip(TicketOrders orders, PaperSlot slot, OrderStore store, ClosingFacts closing, TimeProvider clock)
{
    // The number is on the screen at once; that its paper can't be waited for is said within 5 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task RunAsync(TicketOrder order, OpenOrder open, CancellationToken stopping)
    {
        var ticket = order.Ticket!;
        var printing = slot.PrintAsync(ticket, order.Language, order.IsCopy, stopping);
        if (await Task.WhenAny(printing, Task.Delay(Patience, clock, stopping)) != printing)
        {
            orders.Change(order.Id, it => it with { Paper = PaperStage.Late });
        }

        var print = await printing;
        orders.Change(order.Id, it => it with { Paper = print.Stage, Trouble = print.Trouble, Picture = print.Picture });
        await closing.KeepAsync(ReportTypes.TicketPrinted, print.Fact(ticket.Id, order.IsCopy), open.Fact, () => store.Close(open), stopping);
    }
}
