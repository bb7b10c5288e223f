using Reception.Device.Reporting;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// At the start: what a kill left in the store is told to the hub, and to the citizen, who may stand before the screen still.
/// Nothing is printed again. A number that was asked for and never shown is withdrawn; a paper that was on the way is unknown,
/// for nobody can say whether it came out.
/// </summary>
internal sealed class FinishLeftOrders(OrderStore store, TicketOrders orders, ClosingFacts closing, DeviceClock clock, ILogger<FinishLeftOrders> log) : BackgroundService
{
    private IReadOnlyList<OpenOrder> left = [];

    /// <summary>Shows again what was shown, before the first page is served.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        left = store.Open();
        foreach (var (open, shown) in left.Where(open => open.Shown is not null).Select(open => (open, open.Shown!)))
        {
            orders.Restore(
                open.Ticket is null ? shown with { Stage = OrderStage.GaveUp } : shown with { Stage = OrderStage.Answered, Paper = PaperStage.Unknown },
                clock.AgeMs(open.WrittenAt!) is { } age ? TimeSpan.FromMilliseconds(age) : null);
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var open in left)
        {
            log.LogWarning(KioskEvents.OrderLeft, "An order was left by the last run: ticket {Ticket}, request {Report}.", open.Ticket, open.Report);
            await (open.Ticket is { } ticket
                ? CloseAsync(open, ReportTypes.TicketPrinted, new TicketPrinted(ticket, "unknown")
                {
                    Error = "The program was stopped while the slip was printed.",
                    Copy = open.Copy ? true : null,
                }, stoppingToken)
                : CloseAsync(open, ReportTypes.TicketWithdraw, new TicketWithdraw(open.Report!.Value), stoppingToken));
        }
    }

    private Task CloseAsync<T>(OpenOrder open, string type, T data, CancellationToken cancellationToken) =>
        closing.KeepAsync(type, data, open.Fact, () => store.Close(open), cancellationToken);
}
