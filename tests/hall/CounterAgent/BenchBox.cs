using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.CounterAgent;

/// <summary>The simulated box: the firmware as it is flashed, in a simulated chip whose UART is a pseudo-terminal.</summary>
internal sealed class BenchBox : IDisposable
{
    private static readonly string Bench = Path.Combine(Sources.Root, "hardware", "rater-firmware", "build", "rater-bench");

    private readonly Spawned _bench;
    private bool _isThere;

    /// <param name="port">The link that its serial port is found by.</param>
    /// <param name="serial">The name of the box.</param>
    public BenchBox(string port, string serial)
    {
        Assert.True(File.Exists(Bench), $"{Bench} is missing: ./test builds it, or make -C hardware/rater-firmware bench.");
        _bench = Spawned.Converse(Bench, "--link", port, "--serial", serial);
    }

    /// <summary>Carries out a command of hardware/docs/simulated-box.md; gives its answer once it has happened.</summary>
    public async Task<string> DoAsync(string command)
    {
        if (!_isThere)
        {
            // It says its port first.
            await _bench.HeardAsync();
            _isThere = true;
        }

        return await _bench.AskAsync(command);
    }

    /// <summary>Pulls its lead out; it does not come back.</summary>
    public Task UnplugAsync() => _bench.KillAsync();

    public void Dispose() => _bench.Dispose();
}
