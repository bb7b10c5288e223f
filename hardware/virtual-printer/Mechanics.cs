namespace Reception.VirtualPrinter;

/// <summary>How the printer is, and the parts that move: what keeps paper from moving is waited out here, row by row.</summary>
internal sealed class Mechanics(Paper paper, double millimetresPerSecond, TimeProvider clock)
{
    // 203 dots an inch.
    private const double DotsPerMillimetre = 8;

    private readonly Lock gate = new();
    private readonly List<(long Row, Action Then)> plans = [];
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? stall;
    private long moved;
    private double owed;

    /// <summary>Raised after every change of what the printer would tell.</summary>
    public event Action? Changed;

    /// <summary>Raised after a cut, with the slip's picture.</summary>
    public event Action<string>? SlipCut;

    public Paper Paper => paper;

    public string PaperLeft { get; private set; } = "ok";

    public bool CoverOpen { get; private set; }

    public string Fault { get; private set; } = "none";

    public double Speed { get; set; } = millimetresPerSecond;

    public int Beeps { get; set; }

    public int DrawerPulses { get; set; }

    public bool CanMove => PaperLeft != "out" && !CoverOpen && Fault == "none";

    public void SetPaper(string left) => Change(() => PaperLeft = left);

    public void SetCover(bool open) => Change(() => CoverOpen = open);

    public void SetFault(string fault) => Change(() => Fault = fault);

    /// <summary>For so long the printer neither moves, nor takes, nor answers.</summary>
    public void Stall(TimeSpan length)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref stall, mine);
        _ = Task.Delay(length, clock).ContinueWith(_ => mine.SetResult(), TaskScheduler.Default);
    }

    public Task StallAsync() => Volatile.Read(ref stall)?.Task ?? Task.CompletedTask;

    /// <summary>Does something once so many more rows have moved.</summary>
    public void After(int rows, Action then)
    {
        lock (gate)
        {
            plans.Add((moved + rows, then));
        }
    }

    /// <summary>Moves the paper by a row as soon as it can.</summary>
    public async Task MoveAsync(bool[] row, CancellationToken power)
    {
        await ReadyAsync(power);
        paper.Advance(row);
        Action[] due;
        lock (gate)
        {
            moved++;
            due = [.. plans.Where(plan => plan.Row <= moved).Select(plan => plan.Then)];
            plans.RemoveAll(plan => plan.Row <= moved);
        }

        foreach (var then in due)
        {
            then();
        }

        power.ThrowIfCancellationRequested();
        await PaceAsync(power);
    }

    /// <summary>Cuts as soon as it can.</summary>
    public async Task CutAsync(CancellationToken power)
    {
        await ReadyAsync(power);
        if (paper.CutOff() is { } slip)
        {
            SlipCut?.Invoke(slip);
        }
    }

    private async Task ReadyAsync(CancellationToken power)
    {
        await StallAsync().WaitAsync(power);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (CanMove)
                {
                    return;
                }

                next = change.Task;
            }

            await next.WaitAsync(power);
        }
    }

    // Time is owed until it is worth a timer.
    private async Task PaceAsync(CancellationToken power)
    {
        owed += Speed > 0 ? 1000 / (Speed * DotsPerMillimetre) : 0;
        if (owed >= 10)
        {
            var began = clock.GetTimestamp();
            await Task.Delay(TimeSpan.FromMilliseconds(owed), clock, power);
            owed -= clock.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    private void Change(Action set)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            set();
            waiting = change;
            change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
        Changed?.Invoke();
    }
}
