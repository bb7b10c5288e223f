using Reception.Device.Printing;
using Reception.Protocol;

namespace Reception.Device.Paper;

/// <summary>
/// The printer's one line, never waited for longer than a person would. One thing at a time is on it; what hangs on it is left to
/// hang, and whoever comes after is told so and sends nothing.
/// </summary>
public sealed class PrinterConnection(IPrinter printer, TimeProvider clock) : IDisposable
{
    // One that stalls for 3 s is no silent one.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(3.5);

    // A slip of 12 KB takes 13 s at 9600 baud, and the printer 4 s more to say that it is out.
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlipPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim line = new(1, 1);
    private long takenAt;

    /// <summary>Why the line can't be opened, or null.</summary>
    public string? Problem => printer.LineProblem;

    /// <summary>How the printer is; null while the line is taken by a slip, so that nobody can ask.</summary>
    public async Task<PrinterStatus?> AskAsync(CancellationToken stopping)
    {
        if (!await line.WaitAsync(TimeSpan.Zero, stopping))
        {
            return clock.GetElapsedTime(Interlocked.Read(ref takenAt)) > TurnPatience ? Silent : null;
        }

        try
        {
            return await OnLine(() => printer.ReadStatusAsync(stopping)).WaitAsync(AnswerPatience, clock, stopping);
        }
        catch (TimeoutException)
        {
            return Silent;
        }
    }

    /// <summary>Sends one slip and waits until it is out, has failed, or nobody can say.</summary>
    public async Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken stopping)
    {
        if (!await line.WaitAsync(TurnPatience, stopping))
        {
            return new PrintResult(PrintOutcome.Failed, "The printer hangs on what it was sent before.");
        }

        var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(SlipPatience);
        try
        {
            return await OnLine(() => printer.PrintAsync(name, job, limit.Token), limit).WaitAsync(SlipPatience + Grace, clock, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return new PrintResult(PrintOutcome.Unknown, $"The printer has not taken the slip in {SlipPatience.TotalSeconds} s.");
        }
    }

    /// <summary>Nothing is held between two slips.</summary>
    public void Dispose() => line.Dispose();

    private static PrinterStatus Silent { get; } = new() { Paper = "ok", Cover = "closed", Online = false };

    /// <summary>Runs on the line, which is free again only when the printer has really let go of it.</summary>
    private Task<T> OnLine<T>(Func<Task<T>> job, IDisposable? after = null)
    {
        Interlocked.Exchange(ref takenAt, clock.GetTimestamp());
        return Task.Run(async () =>
        {
            try
            {
                return await job();
            }
            finally
            {
                after?.Dispose();
                line.Release();
            }
        });
    }
}
