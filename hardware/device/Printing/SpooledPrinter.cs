using Reception.Device.Platform;
using Reception.Protocol;

namespace Reception.Device.Printing;

/// <summary>
/// A printer behind the system's print queue, as Windows has it for each one that is installed. The queue knows less than the printer's own
/// answers: a slip counts as printed once its job has left the queue without an error.
/// </summary>
internal sealed class SpooledPrinter(ISpooler spooler, string printer, TimeProvider clock) : IPrinter
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private const SpooledJob Broken = SpooledJob.Error | SpooledJob.Offline | SpooledJob.PaperOut;
    private const SpooledJob Left = SpooledJob.Printed | SpooledJob.Complete;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <inheritdoc/>
    public string? LineProblem { get; private set; }

    /// <inheritdoc/>
    public Task<PrinterStatus> ReadStatusAsync(CancellationToken cancellation) => Task.Run(Look, cancellation);

    /// <inheritdoc/>
    public async Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken cancellation)
    {
        try
        {
            await turn.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return new PrintResult(PrintOutcome.Failed, "The printer is busy.");
        }

        int? sent = null;
        try
        {
            if ((await Task.Run(Look, CancellationToken.None)).NotReady() is { } reason)
            {
                return new PrintResult(PrintOutcome.Failed, LineProblem ?? reason);
            }

            sent = await Task.Run(() => spooler.Send(printer, name, job.Bytes), CancellationToken.None);
            return await FollowAsync(sent.Value, cancellation);
        }
        catch (IOException failure)
        {
            // A queue that can't be asked any more may print what it has.
            return new PrintResult(sent is null ? PrintOutcome.Failed : PrintOutcome.Unknown, failure.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    // A job that did not leave in time is taken back, or it would come out when the citizen has long been told that there is no paper.
    private async Task<PrintResult> FollowAsync(int sent, CancellationToken cancellation)
    {
        using var bound = new CancellationTokenSource(EscPosPrinter.Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellation);
        var began = false;
        try
        {
            while (true)
            {
                switch (await Task.Run(() => spooler.Follow(printer, sent), CancellationToken.None))
                {
                    case null:
                    case { } job when (job & Left) != 0:
                        return new PrintResult(PrintOutcome.Printed);
                    case { } job when (job & Broken) != 0:
                        return TakeBack(sent, began, Look().NotReady() ?? "The print queue reports an error of the slip.");
                    case { } job:
                        began |= (job & SpooledJob.Printing) != 0;
                        break;
                }

                await Task.Delay(LookAgain, clock, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return TakeBack(sent, began, Look().NotReady() ?? "The slip did not leave the print queue in time.");
        }
    }

    private PrintResult TakeBack(int sent, bool began, string why)
    {
        spooler.Cancel(printer, sent);
        return new PrintResult(began ? PrintOutcome.Unknown : PrintOutcome.Failed, why);
    }

    private PrinterStatus Look()
    {
        try
        {
            var status = spooler.Look(printer);
            LineProblem = null;
            return new PrinterStatus
            {
                Paper = (status & (SpooledStatus.PaperOut | SpooledStatus.PaperProblem)) != 0 ? "out" : "ok",
                Cover = (status & SpooledStatus.DoorOpen) != 0 ? "open" : "closed",
                Online = (status & (SpooledStatus.Offline | SpooledStatus.NotAvailable | SpooledStatus.Paused)) == 0,
                Fault = (status & (SpooledStatus.Error | SpooledStatus.PaperJam)) != 0 ? "other" : null,
            };
        }
        catch (IOException failure)
        {
            LineProblem = failure.Message;
            return new PrinterStatus { Paper = "ok", Cover = "closed", Online = false };
        }
    }
}
