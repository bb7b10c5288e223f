using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>
/// Starts processes that end when this one does, whatever ends it. The system ties that to the thread that started them, so one thread
/// starts all and lives as long as they.
/// </summary>
internal sealed class ChildStarter : IDisposable
{
    /// <summary>
    /// Where the runner has ended before the tie was made, the program is not started. It shares the lock, so that the next start waits for
    /// its end.
    /// </summary>
    private const string Script = """
        [ "$PPID" = "$1" ] || exit
        { exec {alive}<"$2"; } 2>/dev/null && flock --shared --nonblock "$alive"
        shift 2
        exec "$@" </dev/null 2>&1
        """;

    /// <summary>A session of its own keeps Ctrl-C from it.</summary>
    private static readonly IReadOnlyList<string> Tied = ["setpriv", "--pdeathsig", "KILL", "bash", "-c", Script, "start"];

    private readonly BlockingCollection<Action> _starts = [];
    private readonly string _alive;

    /// <param name="alive">The file whose lock every process holds.</param>
    public ChildStarter(string alive)
    {
        _alive = alive;
        new Thread(() =>
        {
            foreach (var start in _starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        { IsBackground = true, Name = "starter" }.Start();
    }

    /// <summary>Starts a command; what it says, on both outputs, goes to <paramref name="hear"/>, piece by piece.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">No process can be started.</exception>
    public Task<Child> StartAsync(IEnumerable<string> command, Action<ReadOnlySpan<byte>> hear)
    {
        var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("setsid", [.. Tied, self, _alive, .. command]) { RedirectStandardOutput = true };
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(new Child(Process.Start(start)!, hear));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    public void Dispose() => _starts.CompleteAdding();
}
