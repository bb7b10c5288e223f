using Microsoft.Data.Sqlite;
using Reception.Device.Reporting;
using Reception.Kiosk.Hub;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>
/// A touch on a service and lane: ask the hub, and print after the answer, never before. What is given up is withdrawn, so that
/// no number waits for someone who was told that there is none.
/// </summary>
internal sealed class TakeTicket(
    HubSide hub, ErrandBook book, Errands errands, PrintSlip print, TellHub tell, TimeProvider clock, IHostApplicationLifetime life, ILogger<TakeTicket> log)
{
    /// <summary>Begins the errand of a touch and returns at once; further touches within 3 s join it.</summary>
    public Errand Touch(string service, IReadOnlyList<string>? further, string lane, string language)
    {
        var errand = errands.Touch(service, lane, language, out var isNew, further);
        if (isNew)
        {
            _ = Task.Run(() => RunAsync(errand, life.ApplicationStopping));
        }

        return errand;
    }

    /// <summary>The same for the code of a booked time.</summary>
    public Errand CheckIn(string appointment, string language)
    {
        var errand = errands.CheckIn(appointment, language, out var isNew);
        if (isNew)
        {
            _ = Task.Run(() => RunAsync(errand, life.ApplicationStopping));
        }

        return errand;
    }

    private static TicketRequest Request(Errand errand) => errand.Appointment is { } code
        ? new TicketRequest(null, null, errand.Language) { Appointment = code }
        : new TicketRequest(errand.Service, errand.Lane, errand.Language) { Services = errand.Further };

    private async Task RunAsync(Errand errand, CancellationToken stopping)
    {
        try
        {
            var open = book.Ask(errand, fact: Guid.CreateVersion7(clock.GetUtcNow()));
            switch (await hub.AskAsync(errand.Id, Request(errand), stopping))
            {
                case RequestResult.Refused refused:
                    errands.Change(errand.Id, it => it with { Stage = ErrandStage.Refused, Refusal = refused.Error.Code, Said = refused.Error.Message, SaidInEnglish = refused.Error.English });
                    book.Close(open);
                    break;
                case RequestResult.Answered answered when HubSide.ReadTicket(answered.Data) is { } ticket && Book(ref open, errand with { Ticket = ticket }):
                    await print.RunAsync(errands.Change(errand.Id, it => it with { Stage = ErrandStage.Answered, Ticket = ticket, AnsweredAt = clock.GetTimestamp() }), open, stopping);
                    break;
                default:
                    errands.Change(errand.Id, it => it with { Stage = ErrandStage.GaveUp });
                    log.LogWarning(KioskEvents.GaveUp, "No number came of errand {Errand}: withdrawn.", errand.Id);
                    await tell.RunAsync(open, ReportTypes.TicketWithdraw, new TicketWithdraw(errand.Id), stopping);
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

    /// <summary>False where the disk takes no more: a number that is not in the book is not shown, for a kill would take it back.</summary>
    private bool Book(ref OpenErrand open, Errand answered)
    {
        try
        {
            open = book.Print(open, answered);
            return true;
        }
        catch (SqliteException failure)
        {
            log.LogError(KioskEvents.ErrandFailed, failure, "The number of errand {Errand} could not be written down.", answered.Id);
            return false;
        }
    }
}
