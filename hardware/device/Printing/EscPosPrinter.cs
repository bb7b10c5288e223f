using System.Net.Sockets;
using Reception.Protocol;

namespace Reception.Device.Printing;

/// <summary>
/// An ESC/POS printer at the end of a line. It is asked how it is before a slip leaves (<c>DLE EOT 1–4</c>), tells by itself what
/// changes (<c>GS a</c>), and says when it has come to the slip's end (<c>GS r</c>), where its profile says that it can. Nothing here
/// outlasts <see cref="Patience"/> and the time that a slow line or slow paper needs for the slip itself. A network printer that says nothing
/// is connected to anew for each slip: one that is off would else be taken for one that prints.
/// </summary>
/// <param name="open">Opens the line.</param>
/// <param name="profile">What the printer can.</param>
/// <param name="clock">The clock.</param>
/// <param name="bytesASecond">What the line carries, where that is little.</param>
internal sealed class EscPosPrinter(Func<CancellationToken, Task<Stream>> open, PrinterProfile profile, TimeProvider clock, int? bytesASecond = null) : IPrinter
{
    /// <summary>A printer that stalls for 3 s is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4.3);

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    // What was heard a moment ago is not asked again: a screen that wants to know why a slip failed has the answer at once.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // One that says nothing is not called on every other second only to see that it is there.
    private static readonly TimeSpan FreshWhereNothingIsSaid = TimeSpan.FromSeconds(10);

    // What a line of 115200 baud needs for a slip, and Patience leaves for it.
    private static readonly TimeSpan UsualLine = TimeSpan.FromSeconds(1.2);

    // The longest slip, and what a printer of 200 mm a second needs for it.
    private const double LongestSlipMillimetres = 150;
    private static readonly TimeSpan UsualPaper = TimeSpan.FromSeconds(0.75);

    private const int Chunk = 1024;

    private readonly SemaphoreSlim turn = new(1, 1);
    private Line? line;
    private volatile News news = new(new PrinterStatus { Paper = "ok", Cover = "closed", Online = false }, At: null);

    // A program that was killed may have left a band half sent, so the first slip counts as one after a broken one.
    private bool isBroken = true;

    // Whether the printer has the rest of that band, and takes the next bytes for commands again.
    private bool isBandFilled;

    /// <inheritdoc/>
    public string? LineProblem { get; private set; }

    private PrinterStatus Last => news.Status;

    private bool Answers => profile.Status != StatusSupport.None;

    /// <inheritdoc/>
    public async Task<PrinterStatus> ReadStatusAsync(CancellationToken cancellation)
    {
        if (news.At is { } at && clock.GetElapsedTime(at) < (Answers ? Fresh : FreshWhereNothingIsSaid))
        {
            return Last;
        }

        using var bound = Bound(cancellation);
        try
        {
            await turn.WaitAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A slip is on its way; what it found is told after it.
            return Last;
        }

        try
        {
            await LookAsync(bound.Token);
            return Last;
        }
        catch (Exception failure) when (IsOfTheLine(failure) && !cancellation.IsCancellationRequested)
        {
            Drop();
            return Last;
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public async Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken cancellation)
    {
        var bytes = job.Bytes;
        using var ready = Bound(cancellation);
        using var bound = Bound(cancellation, (2 * RestOfBand) + bytes.Length);
        try
        {
            await turn.WaitAsync(ready.Token);
        }
        catch (OperationCanceledException)
        {
            return new PrintResult(PrintOutcome.Failed, Last.NotReady() ?? "The printer is busy.");
        }

        var left = false;
        try
        {
            await LookAsync(ready.Token);
            if (Last.NotReady() is { } reason)
            {
                return new PrintResult(PrintOutcome.Failed, reason);
            }

            if (isBroken)
            {
                await FinishBrokenAsync(line!, bound.Token);
                isBroken = false;
            }

            var outs = line!.Replies.Outs;
            // ESC @ alone first: where even that does not leave, nothing has.
            for (int at = 0, length = 2; at < bytes.Length; at += length, length = Math.Min(Chunk, bytes.Length - at))
            {
                await line.Stream.WriteAsync(bytes.AsMemory(at, length), bound.Token);
                left = true;
                if (Trouble(line) is { } trouble)
                {
                    return Lost(trouble);
                }
            }

            await line.Stream.FlushAsync(bound.Token);
            return Answers ? await HearAsync(line, outs, bound.Token) : new PrintResult(PrintOutcome.Printed);
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            if (left)
            {
                return Lost((line is { } here ? Trouble(here) : null) ?? (failure is OperationCanceledException ? "The printer did not say in time that the slip is out." : failure.Message));
            }

            Drop();
            return new PrintResult(PrintOutcome.Failed, failure is OperationCanceledException ? Last.NotReady() ?? "The printer takes nothing." : failure.Message);
        }
        finally
        {
            Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        line?.Dispose();
        turn.Dispose();
    }

    // A printer whose slip was broken off may still wait for the rest of a band: white fills it, and between commands it passes over zeros.
    private int RestOfBand => profile.BandHeight * profile.Width / 8;

    // Before all else, questions too: a band's header that lacks its last bytes takes whatever comes for them, and waits for a picture of that size.
    private async Task FillBandAsync(Line line, CancellationToken bound)
    {
        if (isBroken && !isBandFilled)
        {
            await line.Stream.WriteAsync(new byte[RestOfBand], bound);
        }
    }

    // The end of the broken slip may still lie in the printer's memory, with the question at its end: its answer must not pass for the next slip's.
    private async Task FinishBrokenAsync(Line line, CancellationToken bound)
    {
        await FillBandAsync(line, bound);
        if (!Answers)
        {
            return;
        }

        var outs = line.Replies.Outs;
        var next = line.Replies.Next;
        await line.Stream.WriteAsync(EscPosEncoder.SayWhenOut, bound);
        await line.Stream.FlushAsync(bound);
        while (line.Replies.Outs == outs)
        {
            await line.WaitAsync(next, bound);
            next = line.Replies.Next;
        }

        // Where the first answer was the old one, the new one is not farther behind than the bytes between them.
        var between = TimeSpan.FromMilliseconds(200) + TimeSpan.FromSeconds(bytesASecond is { } rate ? (double)RestOfBand / rate : 0);
        while (await Task.WhenAny(next, Task.Delay(between, clock, bound)) == next)
        {
            next = line.Replies.Next;
        }

        bound.ThrowIfCancellationRequested();
    }

    private async Task LookAsync(CancellationToken bound)
    {
        if (line is { IsBroken: true })
        {
            Drop();
        }

        if (line is { } old)
        {
            try
            {
                await LookAsync(old, bound);
                return;
            }
            catch (Exception failure) when (IsOfTheLine(failure) && !bound.IsCancellationRequested)
            {
                // The printer was switched off and on since: a new line, once.
                Drop();
            }
        }

        try
        {
            line = new Line(await open(bound));
            LineProblem = null;
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            LineProblem = failure is OperationCanceledException ? null : failure.Message;
            Heard(Last with { Online = false });
            throw;
        }

        await LookAsync(line, bound);
    }

    private async Task LookAsync(Line line, CancellationToken bound)
    {
        if (!Answers)
        {
            Heard(new PrinterStatus { Paper = "ok", Cover = "closed", Online = true });
            return;
        }

        try
        {
            await FillBandAsync(line, bound);
            await AskAsync(line, bound);
            for (var next = line.Replies.Next; line.Replies.Awaited > 0; next = line.Replies.Next)
            {
                await line.WaitAsync(next, bound);
            }

            isBandFilled = true;
            Heard(line.Replies.Status);
        }
        catch (Exception failure) when (IsOfTheLine(failure))
        {
            // Garbage: it talks, but not to us. A wrong speed or another kind of device; nothing is sent to it.
            Heard(line.Replies.Garbage > 0
                ? new PrinterStatus { Paper = Last.Paper, Cover = Last.Cover, Online = true, Fault = "other" }
                : Last with { Online = false });
            throw;
        }
    }

    private void Heard(PrinterStatus status) => news = new News(status, clock.GetTimestamp());

    private static async Task AskAsync(Line line, CancellationToken bound)
    {
        line.Replies.Asked();
        await line.Stream.WriteAsync(Questions, bound);
        await line.Stream.FlushAsync(bound);
    }

    internal static byte[] Questions => [0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 3, 0x10, 0x04, 4];

    // The last byte is sent: questions no longer fall into the middle of a picture.
    // A picture's end that waits in the printer's memory may hold the bytes of a question, and its answer is then taken for one of ours: what an
    // answer finds wrong is believed when it is found twice, and what the printer tells by itself at once.
    private async Task<PrintResult> HearAsync(Line line, int outs, CancellationToken bound)
    {
        var (replies, tells, isBelieved) = (line.Replies, line.Replies.Tells, false);
        while (true)
        {
            var next = replies.Next;
            if (replies.Outs != outs)
            {
                Heard(replies.Status);
                return new PrintResult(PrintOutcome.Printed);
            }

            if (Trouble(line) is { } trouble)
            {
                if (replies.Tells != tells || (isBelieved && replies.Awaited == 0))
                {
                    return Lost(trouble);
                }

                if (replies.Awaited == 0)
                {
                    isBelieved = true;
                    await AskAsync(line, bound);
                }
            }

            var changed = line.WaitAsync(next, bound);
            if (await Task.WhenAny(changed, Task.Delay(AskAgain, clock, bound)) == changed)
            {
                await changed;
            }
            else if (replies.Awaited == 0)
            {
                bound.ThrowIfCancellationRequested();
                await AskAsync(line, bound);
            }
        }
    }

    private string? Trouble(Line line) => Answers ? line.Replies.Status.NotReady() : null;

    private PrintResult Lost(string why)
    {
        if (line is { } broken)
        {
            Heard(Trouble(broken) is null ? Last with { Online = false } : broken.Replies.Status);
            broken.ThrowAway();
        }

        line = null;
        (isBroken, isBandFilled) = (true, false);
        return new PrintResult(PrintOutcome.Unknown, why);
    }

    private void Drop()
    {
        line?.Dispose();
        line = null;
    }

    private void Leave()
    {
        // Only a new connection shows that a printer is there which says nothing. A device's line would take back what it still holds.
        if (!Answers && line?.Stream is NetworkStream)
        {
            Drop();
        }

        turn.Release();
    }

    private Limit Bound(CancellationToken cancellation, int bytes = 0)
    {
        var carried = TimeSpan.FromSeconds(bytesASecond is { } rate ? (double)bytes / rate : 0);
        var moved = TimeSpan.FromSeconds(bytes == 0 ? 0 : LongestSlipMillimetres / profile.Speed);
        return new Limit(Patience + Beyond(carried, UsualLine) + Beyond(moved, UsualPaper), clock, cancellation);
    }

    private static TimeSpan Beyond(TimeSpan needed, TimeSpan usual) => needed > usual ? needed - usual : TimeSpan.Zero;

    private static bool IsOfTheLine(Exception failure) =>
        failure is IOException or SocketException or UnauthorizedAccessException or OperationCanceledException or ObjectDisposedException;

    /// <summary>Cancelled after a time, or when whoever waits no longer does.</summary>
    private sealed class Limit : IDisposable
    {
        private readonly CancellationTokenSource time;
        private readonly CancellationTokenSource both;

        public Limit(TimeSpan after, TimeProvider clock, CancellationToken cancellation)
        {
            time = new CancellationTokenSource(after, clock);
            both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        }

        public CancellationToken Token => both.Token;

        public void Dispose()
        {
            both.Dispose();
            time.Dispose();
        }
    }

    /// <summary>The printer's state, and when it was heard; null where never.</summary>
    private sealed record News(PrinterStatus Status, long? At);

    /// <summary>An open line and what has come over it.</summary>
    private sealed class Line : IDisposable
    {
        private readonly CancellationTokenSource closing = new();
        private readonly Task reading;

        public Line(Stream stream)
        {
            Stream = stream;
            reading = Task.Run(ReadAsync);
        }

        public Stream Stream { get; }

        public PrinterReplies Replies { get; } = new();

        public bool IsBroken => reading.IsCompleted;

        /// <summary>Waits until more has come; throws where the line broke.</summary>
        public async Task WaitAsync(Task next, CancellationToken bound)
        {
            await Task.WhenAny(next, reading).WaitAsync(bound);
            if (!next.IsCompleted)
            {
                await reading;
                throw new IOException("The printer closed the line.");
            }
        }

        /// <summary>Closes the line and takes back what has not left yet: the rest of a broken slip must not come out later.</summary>
        public void ThrowAway()
        {
            switch (Stream)
            {
                case NetworkStream network:
                    network.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
                    break;
                case PortStream port:
                    port.Discard();
                    break;
            }

            Dispose();
        }

        public void Dispose()
        {
            closing.Cancel();
            Stream.Dispose();
        }

        private async Task ReadAsync()
        {
            var buffer = new byte[256];
            while (await Stream.ReadAsync(buffer, closing.Token) is > 0 and var count)
            {
                Replies.Take(buffer.AsSpan(0, count));
            }
        }
    }
}
