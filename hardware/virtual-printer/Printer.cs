using System.Threading.Channels;

namespace Reception.VirtualPrinter;

/// <summary>The printer's electronics: the receive buffer, what is answered at once, and the interpreter behind the buffer.</summary>
internal sealed class Printer : IDisposable
{
    private readonly Mechanics mechanics;
    private readonly int buffer;
    private readonly bool tearBar;
    private readonly int feedUnit;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Running? running;
    private Action<byte[]>? line;
    private int strays;

    public Printer(Mechanics mechanics, int buffer, bool tearBar, int feedUnit)
    {
        (this.mechanics, this.buffer, this.tearBar, this.feedUnit) = (mechanics, buffer, tearBar, feedUnit);
        mechanics.Changed += TellChange;
        SwitchOn();
    }

    /// <summary>Fails where the printer can't go on: a slip can't be written.</summary>
    public Task Broken => broken.Task;

    public bool IsOn => running is not null;

    /// <summary>How questions are answered: <c>normal</c>, <c>garbage</c> or <c>silent</c>.</summary>
    public string Answers { get; set; } = "normal";

    public int Strays => strays + (running?.Interpreter.Strays ?? 0);

    public int Buffered => running?.Received.Reader.Count ?? 0;

    public void SwitchOn()
    {
        lock (gate)
        {
            running ??= new Running(this);
        }
    }

    /// <summary>What the printer had in its memory is gone; what hangs out of it stays.</summary>
    public void SwitchOff()
    {
        lock (gate)
        {
            strays = Strays;
            running?.Power.Cancel();
            running = null;
        }
    }

    /// <summary>From now on answers go this way.</summary>
    public void Attach(Action<byte[]>? answers) => line = answers;

    /// <summary>Takes what came over the line; waits where the buffer is full, as long as the cable is in.</summary>
    public async Task ReceiveAsync(ReadOnlyMemory<byte> bytes, CancellationToken plugged)
    {
        if (running is not { } now)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(now.Power.Token, plugged);
        try
        {
            for (var i = 0; i < bytes.Length && !either.IsCancellationRequested; i++)
            {
                await mechanics.StallAsync().WaitAsync(either.Token);
                now.Notice(bytes.Span[i]);
                await now.Received.Writer.WriteAsync(bytes.Span[i], either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Switched off or unplugged: the rest falls on the floor.
            return;
        }
    }

    public void Dispose() => SwitchOff();

    private void Reply(byte[] bytes)
    {
        var said = Answers switch
        {
            "silent" => [],
            "garbage" => [.. bytes.Select(value => (byte)(value ^ 0xA5 | 0x80))],
            _ => bytes,
        };
        if (said.Length > 0)
        {
            line?.Invoke(said);
        }
    }

    private void TellChange()
    {
        if (running is { Interpreter.TellsChanges: true })
        {
            Reply(StatusBytes.Automatic(mechanics));
        }
    }

    /// <summary>From switching on to switching off.</summary>
    private sealed class Running
    {
        private readonly Printer printer;
        private int seen;

        public Running(Printer printer)
        {
            this.printer = printer;
            Received = Channel.CreateBounded<byte>(printer.buffer);
            Interpreter = new Interpreter(Received.Reader.ReadAsync, printer.mechanics, printer.Reply, printer.tearBar, printer.feedUnit);
            _ = Task.Run(RunAsync);
        }

        public CancellationTokenSource Power { get; } = new();

        public Channel<byte> Received { get; }

        public Interpreter Interpreter { get; }

        /// <summary>DLE EOT n is answered as it comes in, wherever it stands: in the middle of a picture, or before a full buffer.</summary>
        public void Notice(byte value)
        {
            seen = (seen, value) switch
            {
                (_, 0x10) => 1,
                (1, 0x04) => 2,
                (2, >= 1 and <= 4) => 3,
                _ => 0,
            };
            if (seen == 3)
            {
                printer.Reply([StatusBytes.RealTime(value, printer.mechanics)]);
                seen = 0;
            }
        }

        private async Task RunAsync()
        {
            try
            {
                await Interpreter.RunAsync(Power.Token);
            }
            catch (OperationCanceledException) when (Power.IsCancellationRequested)
            {
                // Switched off in the middle of whatever it did.
                return;
            }
            catch (Exception failure)
            {
                printer.broken.TrySetException(failure);
            }
        }
    }
}
