using System.ComponentModel;

namespace Reception.Runner;

/// <summary>
/// Keeps one program running: starts it, waits for its end, starts it again. It waits for its own child alone, so it misses no end,
/// whatever else ends at the same moment.
/// </summary>
internal sealed class Keeper : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(8);

    private readonly ManagedProgram _program;
    private readonly ChildStarter _starter;
    private readonly Lifeline _lifeline;
    private readonly TimeProvider _timeProvider;
    private readonly Action<Keeper, Life> _ended;
    private readonly PidFile _pidFile;
    private readonly BoundedLog _log;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _goodbye = new();
    private readonly Task _kept;

    /// <param name="program">The program.</param>
    /// <param name="data">The data folder, with <c>run</c> and <c>logs</c>.</param>
    /// <param name="starter">Starts the processes.</param>
    /// <param name="lifeline">Knows their groups.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="ended">Told of each life before the next begins.</param>
    /// <param name="closing">Once it is cancelled, a program that ends is not started again.</param>
    public Keeper(
        ManagedProgram program,
        string data,
        ChildStarter starter,
        Lifeline lifeline,
        TimeProvider timeProvider,
        Action<Keeper, Life> ended,
        CancellationToken closing)
    {
        _program = program;
        _starter = starter;
        _lifeline = lifeline;
        _timeProvider = timeProvider;
        _ended = ended;
        _pidFile = new PidFile(Path.Combine(data, "run", $"{program.Name}.pid"));
        LogPath = Path.Combine(data, "logs", $"{program.Name}.log");
        _log = new BoundedLog(LogPath);
        _kept = KeepAsync(closing);
    }

    public string Name => _program.Name;

    public string LogPath { get; }

    /// <summary>Ends when the program is ready for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What the program waits for until it is ready.</summary>
    public string WhyNotReady { get; private set; } = "it was not started";

    /// <summary>Asks the program to end, and kills it where it takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        await _goodbye.CancelAsync();
        await _kept;
        _goodbye.Dispose();
        _log.Dispose();
        _pidFile.Remove();
    }

    private async Task KeepAsync(CancellationToken closing)
    {
        var pause = new RestartPause();
        while (!closing.IsCancellationRequested)
        {
            var life = await LiveAsync();
            if (closing.IsCancellationRequested)
            {
                return;
            }

            _ended(this, life);
            await Task.Delay(pause.After(life), _timeProvider, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Starts the program once, and returns when it and all that it has started have ended.</summary>
    private async Task<Life> LiveAsync()
    {
        Child child;
        try
        {
            child = await _starter.StartAsync(_program.Command, _log.Write);
        }
        catch (Win32Exception exception)
        {
            return Life.NotBegun(exception.Message);
        }

        _lifeline.Add(child.Id);
        _pidFile.Write(child.Id);
        using var ended = new CancellationTokenSource();
        var wasReady = WatchAsync(child, ended.Token);
        await EndAsync(child);
        await ended.CancelAsync();
        await child.CloseAsync();
        _lifeline.Remove(child.Id);
        return new Life(child.ExitCode, await wasReady, child.Words.Last());
    }

    /// <summary>Returns when the child has ended, by itself or because this keeper stops.</summary>
    private async Task EndAsync(Child child)
    {
        await child.Ended.WaitAsync(_goodbye.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!child.Ended.IsCompleted)
        {
            await Signals.AskToEndAsync(child.Id);
            await child.Ended.WaitAsync(Goodbye, _timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!child.Ended.IsCompleted)
        {
            await Signals.KillGroupAsync(child.Id);
            await child.Ended;
        }
    }

    /// <summary>Looks until the child is ready, or has ended: whether it was ready.</summary>
    private async Task<bool> WatchAsync(Child child, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            if (await _program.WhyNotReady(child, ended) is not { } reason)
            {
                _ready.TrySetResult();
                return true;
            }

            WhyNotReady = reason;
            await Task.Delay(Glance, _timeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }
}
