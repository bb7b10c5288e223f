using System.Globalization;

namespace Reception.Runner;

/// <summary>The hall that the data folder holds: made or refreshed by <c>hub demo</c>, with the settings of its programs.</summary>
internal sealed class DemonstrationHall(RunnerOptions options, KioskPrinter printer)
{
    /// <summary>Refuses a second history before anything is built; the hub looks again.</summary>
    /// <exception cref="StartException">The hall has been open.</exception>
    public static void DemandNoHistory(RunnerOptions options)
    {
        // The hub keeps its mark from the first day on.
        if (options.History is not null && File.Exists(options.DataPath("journal.mark")))
        {
            throw new StartException(
                $"--history: the hall in {options.Data} has a history already; "
                    + "start with --fresh to empty the folder, or without --history");
        }
    }

    /// <summary>Makes it, so that its programs can start.</summary>
    /// <exception cref="StartException">The hall's file is not allowed, or nothing can be written.</exception>
    public async Task PrepareAsync(Supervisor supervisor, CancellationToken cancellationToken)
    {
        string[] command =
        [
            Path.Combine(options.Programs, "hub", "hub"), "demo",
            "--data", options.Data, "--hall", options.Hall,
            .. options.History is { } length ? new[] { "--history", length } : [],
        ];
        var begun = TimeProvider.System.GetTimestamp();
        if (options.History is not null)
        {
            Terminal.Say($"Writing a history of {options.History} ...");
        }

        var (words, log) = ("", options.DataPath("logs", "demo.log"));
        if (await supervisor.RunAsync(command, log, demo => words = demo.Words.Last(), cancellationToken) != 0)
        {
            throw new StartException(words);
        }

        if (options.History is not null)
        {
            var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            Terminal.Say($"Written in {seconds} s.");
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
