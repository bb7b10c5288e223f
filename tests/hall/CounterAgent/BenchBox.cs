using System.Collections.Concurrent;
using System.Diagnostics;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The simulated box: the firmware as it is flashed, in a simulated chip whose UART is a pseudo-terminal.</summary>
internal sealed class BenchBox : IAsyncDisposable
{
    private static readonly string Bench = Path.Combine(Sources.Root, "hardware", "rater-firmware", "build", "rater-bench");

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();

    /// <param name="port">The link that its serial port is found by.</param>
    /// <param name="serial">The name of the box.</param>
    public BenchBox(string port, string serial)
    {
        Assert.True(File.Exists(Bench), $"{Bench} is missing: ./test builds it, or make -C hardware/rater-firmware bench.");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(Bench, ["--link", port, "--serial", serial]) { RedirectStandardInput = true, RedirectStandardOutput = true },
        };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                _said.Enqueue(line.Data);
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
    }

    /// <summary>Carries out a command of hardware/docs/simulated-box.md; gives its answer once it has happened.</summary>
    public async Task<string> DoAsync(string command)
    {
        await Eventually.TrueAsync(() => !_said.IsEmpty, () => "the bench says nothing");
        var before = _said.Count;
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await Eventually.TrueAsync(() => _said.Count > before, () => $"no answer to {command}", TimeSpan.FromSeconds(30));
        return _said.ElementAt(before);
    }

    /// <summary>Pulls its lead out; it does not come back.</summary>
    public async Task UnplugAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await UnplugAsync();
        _process.Dispose();
    }
}
