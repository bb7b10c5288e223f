namespace Reception.Kiosk.Tickets;

/// <summary>A touch on the last ticket's copy: a second paper of the same number, marked as one.</summary>
internal sealed class TakeCopy(ErrandBook book, Errands errands, PrintSlip print, TimeProvider clock, IHostApplicationLifetime life, ILogger<TakeCopy> log)
{
    /// <summary>Begins the copy and returns at once; a touch that comes too late or twice does nothing.</summary>
    public void Touch(Guid id)
    {
        if (errands.BeginCopy(id) is { } errand)
        {
            _ = Task.Run(() => RunAsync(errand, life.ApplicationStopping));
        }
    }

    private async Task RunAsync(Errand errand, CancellationToken stopping)
    {
        try
        {
            await print.RunAsync(errand, book.PrintCopy(errand.Ticket!.Id, fact: Guid.CreateVersion7(clock.GetUtcNow()), errand), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The book has it: the next start reports the copy as unknown.
            log.LogInformation(KioskEvents.Stopped, "Stopped with a copy of errand {Errand} on the way.", errand.Id);
        }
        catch (Exception failure)
        {
            log.LogError(KioskEvents.ErrandFailed, failure, "The copy of errand {Errand} failed.", errand.Id);
            errands.Change(errand.Id, it => it with { Paper = PaperStage.Failed });
        }
    }
}
