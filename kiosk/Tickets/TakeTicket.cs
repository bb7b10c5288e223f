using Microsoft.Data.Sqlite;
using Reception.Device.Reporting;
using Reception.Device.Storage;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// A touch on a service and lane: ask the hub, and print after the answer, never before. What is given up is withdrawn, so that
/// no number waits for someone who was told that there is none.
/// </summary>
internal sealed class TakeTicket(
    HubSide hub, DeviceDatabase database, OrderStore store, TicketOrders orders, PrintSlip print, ClosingFacts closing, TimeProvider clock, IHostApplicationLifetime life, ILogger<TakeTicket> log)
{
    /// <summary>Begins the order of a touch and returns at once; further touches within 3 s join it.</summary>
    public TicketOrder Touch(string service, IReadOnlyList<string>? further, string lane, string language)
    {
        var order = orders.Touch(service, lane, language, out var isNew, further);
        if (isNew)
        {
            _ = Task.Run(() => RunAsync(order, life.ApplicationStopping));
        }

        return order;
    }

    /// <summary>The same for the code of a booked time.</summary>
    public TicketOrder CheckIn(string appointment, string language)
    {
        var order = orders.CheckIn(appointment, language, out var isNew);
        if (isNew)
        {
            _ = Task.Run(() => RunAsync(order, life.ApplicationStopping));
        }

        return order;
    }

    private static TicketRequest Request(TicketOrder order) => order.Appointment is { } code
        ? new TicketRequest(null, null, order.Language) { Appointment = code }
        : new TicketRequest(order.Service, order.Lane, order.Language) { Services = order.Further };

    private async Task RunAsync(TicketOrder order, CancellationToken stopping)
    {
        try
        {
            var touched = hub.Clock.Now();
            var (open, request) = database.Transact(() => (
                store.Ask(order, fact: Guid.CreateVersion7(clock.GetUtcNow())),
                hub.Prepare(order.Id, touched, Request(order))));
            switch (await hub.AskAsync(request, stopping))
            {
                case RequestResult.Refused refused:
                    orders.Change(order.Id, it => it with { Stage = OrderStage.Refused, Refusal = refused.Error.Code, Said = refused.Error.Message, SaidInEnglish = refused.Error.English });
                    store.Close(open);
                    break;
                case RequestResult.Answered answered when HubSide.ReadTicket(answered.Data) is { } ticket && Keep(ref open, order with { Ticket = ticket }):
                    await print.RunAsync(orders.Change(order.Id, it => it with { Stage = OrderStage.Answered, Ticket = ticket, AnsweredAt = clock.GetTimestamp() }), open, stopping);
                    break;
                default:
                    orders.Change(order.Id, it => it with { Stage = OrderStage.GaveUp });
                    log.LogWarning(KioskEvents.GaveUp, "No number came of order {Order}: withdrawn.", order.Id);
                    await closing.KeepAsync(ReportTypes.TicketWithdraw, new TicketWithdraw(order.Id), open.Fact, () => store.Close(open), stopping);
                    break;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The store has it: the next start withdraws what was asked, or reports the paper as unknown.
            log.LogInformation(KioskEvents.Stopped, "Stopped with order {Order} on the way.", order.Id);
        }
        catch (Exception failure)
        {
            log.LogError(KioskEvents.OrderFailed, failure, "Ticket order {Order} failed.", order.Id);
            orders.Change(order.Id, it => it.Stage == OrderStage.Asking
                ? it with { Stage = OrderStage.GaveUp }
                : it with { Paper = PaperStage.Unknown });
        }
    }

    /// <summary>False where the disk takes no more: a number that is not in the store is not shown, for a kill would take it back.</summary>
    private bool Keep(ref OpenOrder open, TicketOrder answered)
    {
        try
        {
            open = store.Print(open, answered);
            return true;
        }
        catch (SqliteException failure)
        {
            log.LogError(KioskEvents.OrderFailed, failure, "The number of order {Order} could not be written down.", answered.Id);
            return false;
        }
    }
}
