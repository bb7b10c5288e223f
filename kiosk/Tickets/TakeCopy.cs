using Reception.Kiosk.Paper;

namespace Reception.Kiosk.Tickets;

/// <summary>A touch on the last ticket's copy: a second paper of the same number, marked as one.</summary>
internal sealed class TakeCopy(OrderStore store, TicketOrders orders, PrintSlip print, TimeProvider clock, IHostApplicationLifetime life, ILogger<TakeCopy> log)
{
    /// <summary>Begins the copy and returns at once; a touch that comes too late or twice does nothing.</summary>
    public void Touch(Guid id)
    {
        if (orders.BeginCopy(id) is { } order)
        {
            _ = Task.Run(() => RunAsync(order, life.ApplicationStopping));
        }
    }

    private async Task RunAsync(TicketOrder order, CancellationToken stopping)
    {
        try
        {
            await print.RunAsync(order, store.PrintCopy(order.Ticket!.Id, fact: Guid.CreateVersion7(clock.GetUtcNow()), order), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The store has it: the next start reports the copy as unknown.
            log.LogInformation(KioskEvents.Stopped, "Stopped with a copy of order {Order} on the way.", order.Id);
        }
        catch (Exception failure)
        {
            log.LogError(KioskEvents.OrderFailed, failure, "The copy of order {Order} failed.", order.Id);
            orders.Change(order.Id, it => it with { Paper = PaperStage.Failed });
        }
    }
}
