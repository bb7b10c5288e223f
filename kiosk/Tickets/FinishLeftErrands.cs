using Reception.Kiosk.Hub;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// At the start: what a kill left in the book is told to the hub, and to the citizen, who may stand before the screen still.
/// Nothing is printed again. A number that was asked for and never shown is withdrawn; a paper that was on the way is unknown,
/// for nobody can say whether it came out.
/// </summary>
internal sealed class FinishLeftErrands(ErrandBook book, Errands errands, TellHub tell, ILogger<FinishLeftErrands> log) : BackgroundService
{
    private IReadOnlyList<OpenErrand> left = [];

    /// <summary>Shows again what was shown, before the first page is served.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        left = book.Open();
        foreach (var (open, shown) in left.Where(open => open.Shown is not null).Select(open => (open, open.Shown!)))
        {
            errands.Restore(open.Ticket is null
                ? shown with { Stage = ErrandStage.GaveUp }
                : shown with { Stage = ErrandStage.Answered, Paper = PaperStage.Unknown });
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var open in left)
        {
            log.LogWarning(KioskEvents.LeftErrand, "An errand was left by the last run: ticket {Ticket}, request {Report}.", open.Ticket, open.Report);
            await (open.Ticket is { } ticket
                ? tell.RunAsync(open, ReportTypes.TicketPrinted, new TicketPrinted(ticket, "unknown")
                {
                    Error = "The kiosk was stopped while the slip was printed.",
                    Copy = open.Copy ? true : null,
                }, stoppingToken)
                : tell.RunAsync(open, ReportTypes.TicketWithdraw, new TicketWithdraw(open.Report!.Value), stoppingToken));
        }
    }
}
