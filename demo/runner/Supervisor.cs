namespace Reception.Runner;

/// <summary>Keeps programs running, and ends them in order.</summary>
/// <param name="data">The data folder, with <c>run</c> and <c>logs</c>.</param>
/// <param name="say">Takes a line for a person about what happens.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Supervisor(string data, Action<string> say, TimeProvider timeProvider) : IAsyncDisposable
{
    // A machine that is busy with other work starts a program in a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ChildStarter _starter = new(Path.Combine(data, "run", FileLock.Alive));
    private readonly Lifeline _lifeline = new(Path.Combine(data, "run"));
    private readonly List<Keeper> _keepers = [];
    private readonly CancellationTokenSource _closing = new();
    private volatile TaskCompletionSource<string>? _failure;

    /// <summary>Runs a command to its end, and appends what it says to a log; gives its exit code.</summary>
    public Task<int> RunAsync(IEnumerable<string> command, string log, CancellationToken cancellationToken) =>
        RunAsync(command, log, _ => { }, cancellationToken);

    /// <summary>Runs a command to its end; gives its exit code.</summary>
    /// <param name="ended">Takes the process after its end, with its last words.</param>
    public async Task<int> RunAsync(
        IEnumerable<string> command, string log, Action<Child> ended, CancellationToken cancellationToken)
    {
        using var kept = new BoundedLog(log);
        var child = await _starter.StartAsync(command, kept.Write);
        _lifeline.Add(child.Id);
        try
        {
            await child.Ended.WaitAsync(cancellationToken);
        }
        finally
        {
            await child.CloseAsync();
            await child.Ended;
            _lifeline.Remove(child.Id);
        }

        ended(child);
        return child.ExitCode;
    }

    /// <summary>Starts programs, and keeps them running from then on.</summary>
    public IReadOnlyList<Keeper> Start(params IEnumerable<ManagedProgram> programs)
    {
        var started = programs
            .Select(program => new Keeper(program, data, _starter, _lifeline, timeProvider, HearOfEnd, _closing.Token))
            .ToList();
        _keepers.AddRange(started);
        return started;
    }

    /// <summary>Opens the hall: starts the programs and waits until all are ready.</summary>
    /// <exception cref="StartException">One ended by itself, the disk is full, or one is not ready in time.</exception>
    public async Task OpenAsync(Disk disk, CancellationToken cancellationToken, params IEnumerable<ManagedProgram> programs)
    {
        var failure = _failure = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ReadyAsync(Start(programs), disk, failure.Task, cancellationToken);
        _failure = null;
    }

    /// <summary>
    /// Ends the programs, the last started first: devices before the hub, so that each can say goodbye.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var keeper in Enumerable.Reverse(_keepers))
        {
            await keeper.DisposeAsync();
        }

        await _lifeline.DisposeAsync();
        _starter.Dispose();
        _closing.Dispose();
    }

    private async Task ReadyAsync(
        IReadOnlyList<Keeper> keepers, Disk disk, Task<string> failure, CancellationToken cancellationToken)
    {
        var begun = timeProvider.GetTimestamp();
        var ready = Task.WhenAll(keepers.Select(keeper => keeper.Ready));
        while (true)
        {
            await Task.WhenAny(ready, failure, Task.Delay(Look, timeProvider, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (failure.IsCompleted)
            {
                throw new StartException(disk.Fault() ?? await failure);
            }

            if (ready.IsCompleted)
            {
                return;
            }

            if (disk.Fault() is { } fault)
            {
                throw new StartException(fault);
            }

            if (timeProvider.GetElapsedTime(begun) > Patience && keepers.FirstOrDefault(keeper => !keeper.Ready.IsCompleted) is { } late)
            {
                throw new StartException(
                    $"{late.Name} did not answer within {Patience.TotalSeconds} s ({late.WhyNotReady}); see {late.LogPath}");
            }
        }
    }

    /// <summary>
    /// While the hall opens, a program that ends by itself is the reason why it does not; later its next start is worth a line.
    /// </summary>
    private void HearOfEnd(Keeper keeper, Life life)
    {
        if (_failure is { } failure && !life.WasKilled)
        {
            failure.TrySetResult($"{keeper.Name} ended at its start: {life.LastWords}");
        }
        else
        {
            say($"{keeper.Name} {life}; starting it again.");
        }
    }
}
