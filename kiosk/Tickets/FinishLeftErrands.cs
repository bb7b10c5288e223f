using Reception.Kiosk.Hub;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// At the start: what a kill left in the book is told to the hub. Nothing is printed again. A number that was asked for and never
/// shown is withdrawn; a paper that was on the way is unknown, for nobody can say whether it came out.
/// </summary>
internal static class FinishLeftErrands
{
    public static void Run(ErrandBook book, HubSide hub, ILogger log)
    {
        foreach (var left in book.Open())
        {
            if (left.Ticket is { } ticket)
            {
                hub.Keep(ReportTypes.TicketPrinted, new TicketPrinted(ticket, "unknown")
                {
                    Error = "The kiosk was stopped while the slip was printed.",
                    Copy = left.Copy ? true : null,
                }, left.Fact);
            }
            else if (left.Report is { } report)
            {
                hub.Keep(ReportTypes.TicketWithdraw, new TicketWithdraw(report), left.Fact);
            }

            book.Close(left);
            log.LogWarning(KioskEvents.LeftErrand, "An errand was left by the last run: ticket {Ticket}, request {Report}.", left.Ticket, left.Report);
        }
    }
}
