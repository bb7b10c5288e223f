namespace Reception.Runner;

/// <summary>The simulated five-button rater, which runs the real firmware.</summary>
internal static class Bench
{
    /// <exception cref="StartException">The build failed.</exception>
    public static async Task BuildAsync(RunnerOptions options, Supervisor supervisor, CancellationToken cancellationToken)
    {
        var log = options.DataPath("logs", "build-bench.log");
        string[] command = ["make", "-s", "-C", Path.Combine(options.Root, "hardware", "rater-firmware"), "bench"];
        if (await supervisor.RunAsync(command, log, cancellationToken) != 0)
        {
            throw new StartException($"the simulated rater could not be built; see {log}");
        }
    }
}
