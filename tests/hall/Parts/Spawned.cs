using System.Collections.Concurrent;
using System.Diagnostics;

namespace Reception.Hall.Tests.Parts;

/// <summary>A process that a test started, and every line it said.</summary>
internal sealed class Spawned : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private Spawned(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    public IReadOnlyCollection<string> Said => said;

    public string All => string.Join('\n', said);

    public static Spawned Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var spawned = new Spawned(new Process { StartInfo = start });
        spawned.process.OutputDataReceived += spawned.Hear;
        spawned.process.ErrorDataReceived += spawned.Hear;
        spawned.process.Start();
        spawned.process.BeginOutputReadLine();
        spawned.process.BeginErrorReadLine();
        return spawned;
    }

    /// <summary>The hub as it was built beside these tests.</summary>
    public static Spawned Hub(params IEnumerable<string> arguments) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "hub.dll"), .. arguments]);

    /// <summary>Runs the hub to its end and gives its exit code and all that it said.</summary>
    public static async Task<(int Code, string Said)> RunHubAsync(params IEnumerable<string> arguments)
    {
        using var hub = Hub(arguments);
        await hub.EndedAsync();
        return (hub.ExitCode, hub.All);
    }

    /// <summary>Waits for the end, and for its last line.</summary>
    public async Task EndedAsync()
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end. It said:\n{All}");
        }
    }

    /// <summary>SIGKILL, as a power cut does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose() => process.Dispose();

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            said.Enqueue(line.Data);
        }
    }
}
