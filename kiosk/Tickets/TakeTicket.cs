using Reception.Device.Reporting;
using Reception.Kiosk.Hub;
using Reception.Kiosk.Paper;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// A touch on a service and lane: ask the hub, and print after the answer, never before. What is given up is withdrawn, so that
/// no number waits for someone who was told that there is none.
/// </summary>
internal sealed class TakeTicket(
    HubSide hub, ErrandBook book, Errands errands, PaperSlot slot, TimeProvider clock, IHostApplicationLifetime life, ILogger<TakeTicket> log)
{
    /// <summary>Begins the errand of a touch and returns at once; further touches within 3 s join it.</summary>
    public Errand Touch(string service, string lane, string language)
    {
        var errand = errands.Touch(service, lane, language, out var isNew);
        if (isNew)
        {
            _ = Task.Run(() => RunAsync(errand, life.ApplicationStopping));
        }

        return errand;
    }

    private async Task RunAsync(Errand errand, CancellationToken stopping)
    {
        try
        {
            var open = book.Ask(errand.Id, fact: Guid.CreateVersion7(clock.GetUtcNow()));
            switch (await hub.AskAsync(errand.Id, new TicketRequest(errand.Service, errand.Lane, errand.Language), stopping))
            {
                case RequestResult.Refused refused:
                    book.Close(open);
                    errands.Change(errand.Id, it => it with { Stage = ErrandStage.Refused, Refusal = refused.Error.Code });
                    break;
                case RequestResult.Answered answered when HubSide.ReadTicket(answered.Data) is { } ticket:
                    await PrintAsync(errand, book.Print(open, ticket.Id), ticket, stopping);
                    break;
                default:
                    Withdraw(errand, open);
                    break;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The book has it: the next start withdraws what was asked, or reports the paper as unknown.
            log.LogInformation(KioskEvents.Stopped, "Stopped with errand {Errand} on the way.", errand.Id);
        }
        catch (Exception failure)
        {
            log.LogError(KioskEvents.ErrandFailed, failure, "Errand {Errand} failed.", errand.Id);
            errands.Change(errand.Id, it => it.Stage == ErrandStage.Asking
                ? it with { Stage = ErrandStage.GaveUp }
                : it with { Paper = PaperStage.Unknown });
        }
    }

    private async Task PrintAsync(Errand errand, OpenErrand open, TicketDocument ticket, CancellationToken stopping)
    {
        errands.Change(errand.Id, it => it with { Stage = ErrandStage.Answered, Ticket = ticket });
        var print = await slot.PrintAsync(ticket, errand.Language, copy: false, stopping);
        hub.Keep(ReportTypes.TicketPrinted, print.Fact(ticket.Id, copy: false), open.Fact);
        book.Close(open);
        errands.Change(errand.Id, it => it with { Paper = print.Stage, Trouble = print.Trouble, Picture = print.Picture });
    }

    private void Withdraw(Errand errand, OpenErrand open)
    {
        hub.Keep(ReportTypes.TicketWithdraw, new TicketWithdraw(errand.Id), open.Fact);
        book.Close(open);
        errands.Change(errand.Id, it => it with { Stage = ErrandStage.GaveUp });
        log.LogWarning(KioskEvents.GaveUp, "The hub did not answer errand {Errand}: withdrawn.", errand.Id);
    }
}
