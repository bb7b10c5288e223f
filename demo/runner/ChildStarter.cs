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
    /// A session of its own keeps Ctrl-C from it. Where the runner has ended before the tie was made, the program is not started.
    /// </summary>
    private static readonly IReadOnlyList<string> Tied =
        ["setpriv", "--pdeathsig", "KILL", "bash", "-c", """[ "$PPID" = "$1" ] || exit; shift; exec "$@" </dev/null 2>&1""", "start"];

    private readonly BlockingCollection<Action> _starts = [];

    public ChildStarter() => new Thread(() =>
    {
        foreach (var start in _starts.GetConsumingEnumerable())
        {
            start();
        }
    })
    { IsBackground = true, Name = "starter" }.Start();

    /// <summary>Starts a command; what it says, on both outputs, goes to <paramref name="hear"/>, piece by piece.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">No process can be started.</exception>
    public Task<Child> StartAsync(IEnumerable<string> command, Action<ReadOnlySpan<byte>> hear)
    {
        var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        var self = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("setsid", [.. Tied, self, .. command]) { RedirectStandardOutput = true };
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
