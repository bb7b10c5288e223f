using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Reception.Runner;

/// <summary>
/// A process that waits for the end of this one, whatever ends it, and then kills the groups of the programs that run: a program dies
/// with the runner by itself, what it has started does not. One that is killed is started again.
/// </summary>
internal sealed class Lifeline : IAsyncDisposable
{
    private const string Script = """
        trap '' INT TERM HUP PIPE
        { exec {alive}<"$1/alive"; } 2>/dev/null && flock --shared --nonblock "$alive"
        declare -A groups
        while read -r act group; do
            if [ "$act" = add ]; then groups[$group]=; else unset "groups[$group]"; fi
        done
        for group in "${!groups[@]}"; do kill -KILL -- "-$group" 2>/dev/null; done
        rm -f -- "$1"/*.pid
        """;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<int> _groups = [];
    private readonly CancellationTokenSource _ends = new();
    private readonly string _folder;
    private readonly Task _kept;
    private StreamWriter? _words;

    /// <param name="folder">The folder of pid files, which are removed at the end.</param>
    public Lifeline(string folder)
    {
        _folder = folder;
        _kept = KeepAsync();
    }

    public void Add(int group)
    {
        lock (_gate)
        {
            _groups.Add(group);
            Tell("add", group);
        }
    }

    public void Remove(int group)
    {
        lock (_gate)
        {
            _groups.Remove(group);
            Tell("remove", group);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        lock (_gate)
        {
            _words?.Dispose();
        }

        await _kept;
        _ends.Dispose();
    }

    private async Task KeepAsync()
    {
        while (!_ends.IsCancellationRequested)
        {
            try
            {
                using var process = Start();
                await process.WaitForExitAsync();
            }
            catch (Win32Exception)
            {
                // No process can be started now; the programs themselves say so.
                await Task.Delay(Retry, TimeProvider.System, _ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Process Start()
    {
        lock (_gate)
        {
            var process = Process.Start(new ProcessStartInfo("setsid", ["bash", "-c", Script, "lifeline", _folder])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _words = process.StandardInput;
            foreach (var group in _groups)
            {
                Tell("add", group);
            }

            return process;
        }
    }

    private void Tell(string act, int group)
    {
        try
        {
            _words?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{act} {group}"));
            _words?.Flush();
        }
        catch (IOException)
        {
            // It was killed: the next one is told of every group.
        }
    }
}
