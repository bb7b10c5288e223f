namespace Reception.Runner;

/// <summary>The hall that the data folder holds: made or refreshed by <c>hub demo</c>, with the settings of its programs.</summary>
internal sealed class DemonstrationHall(RunnerOptions options, KioskPrinter printer)
{
    /// <summary>Makes it, so that its programs can start.</summary>
    /// <exception cref="StartException">The hall's file is not allowed, or nothing can be written.</exception>
    public async Task PrepareAsync(ChildStarter starter, CancellationToken cancellationToken)
    {
        string[] command =
        [
            Path.Combine(options.Programs, "hub", "hub"), "demo",
            "--data", options.Data, "--hall", options.Hall,
        ];
        var demo = await starter.StartAsync(command, _ => { });
        await demo.Ended.WaitAsync(cancellationToken);
        await demo.CloseAsync();
        if (demo.ExitCode != 0)
        {
            throw new StartException(demo.Words.Last());
        }

        if (options.BenchRater && !File.Exists(options.DataPath("secrets", "desk-2.secret")))
        {
            throw new StartException($"--bench-rater puts its rater at counter 2, and this hall has none: {options.Hall}");
        }

        KeepHallFile();
        new HallSettings(options, printer).Write();
    }

    /// <summary>The next start without --hall goes on with this one.</summary>
    private void KeepHallFile()
    {
        var kept = options.DataPath("hall.json");
        if (options.Hall != kept && options.Hall != options.OwnHall)
        {
            File.Copy(options.Hall, kept + ".new", overwrite: true);
            File.Move(kept + ".new", kept, overwrite: true);
        }
    }
}
