using System.Globalization;
using System.Text.RegularExpressions;

namespace Reception.Runner;

/// <summary>
/// The hall's programs, built into a folder that the sources name: a running hall keeps the programs that it was started with. While this
/// object lives, nobody removes them.
/// </summary>
internal sealed partial class BuiltPrograms : IDisposable
{
    /// <summary>The file of a folder of programs that says that it is complete, and by whose lock it is in use.</summary>
    private const string Complete = ".complete";
    private const int LinesShown = 5;

    /// <summary>No build server and no build process stays.</summary>
    private static readonly string[] Environment =
    [
        "env", "MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_USE_MSBUILD_SERVER=0", "UseSharedCompilation=false", "UseRazorBuildServer=false",
    ];

    private readonly FileStream _inUse;

    private BuiltPrograms(string folder)
    {
        Folder = folder;
        _inUse = FileLock.Share(Path.Combine(folder, Complete));
    }

    /// <summary>Each program is in a folder of its own in it.</summary>
    public string Folder { get; }

    /// <summary>Builds what is missing; one start of a checkout builds at a time.</summary>
    /// <exception cref="StartException">The build failed.</exception>
    public static async Task<BuiltPrograms> MakeAsync(RunnerOptions options, Supervisor supervisor, CancellationToken cancellationToken)
    {
        var artifacts = Path.Combine(options.Root, "artifacts");
        using var building = await FileLock.WaitAsync(Path.Combine(artifacts, "lock"), TimeSpan.MaxValue, cancellationToken);
        var folder = Path.Combine(artifacts, $"programs-{SourceHash.Of(options.Root)}");
        if (!File.Exists(Path.Combine(folder, Complete)))
        {
            await BuildAsync(options, supervisor, folder, cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder, Complete), [], cancellationToken);
        }

        var built = new BuiltPrograms(folder);
        LinkCounterAgent(options.Root, folder);
        RemoveOthers(artifacts, folder);
        return built;
    }

    public void Dispose() => _inUse.Dispose();

    private static async Task BuildAsync(RunnerOptions options, Supervisor supervisor, string folder, CancellationToken cancellationToken)
    {
        Terminal.Say("Building ...");
        var begun = TimeProvider.System.GetTimestamp();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var ci = Path.Combine(options.Root, ".ci");
        string[][] steps =
        [
            ["build", Path.Combine(ci, "programs.slnf"), "-c", "Release", "--nologo", "-v", "quiet"],
            ["msbuild", Path.Combine(ci, "publish.proj"), "-nologo", "-verbosity:quiet", $"-property:Into={folder}"],
        ];
        var log = options.DataPath("logs", "build.log");
        File.Delete(log);
        foreach (var step in steps)
        {
            if (await supervisor.RunAsync([.. Environment, "dotnet", .. step], log, cancellationToken) != 0)
            {
                new Disk(folder).DemandRoom();
                var lines = await File.ReadAllLinesAsync(log, cancellationToken);
                var faults = lines.Where(line => Fault.IsMatch(line)).Distinct().Take(LinesShown).ToList();
                (faults.Count > 0 ? faults : lines.TakeLast(LinesShown)).ToList().ForEach(Terminal.Say);
                throw new StartException($"the programs could not be built; see {log}");
            }
        }

        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        Terminal.Say($"Built in {seconds} s.");
    }

    /// <summary>Where a developer finds the counter agent to start by hand.</summary>
    private static void LinkCounterAgent(string root, string folder)
    {
        var link = Path.Combine(root, "counter-agent", "bin", "run");
        var target = Path.Combine(folder, "counter-agent");
        if (new DirectoryInfo(link).LinkTarget != target)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(link)!);
            File.Delete(link);
            Directory.CreateSymbolicLink(link, target);
        }
    }

    /// <summary>Removes what other states of the sources were built into, unless it is in use.</summary>
    private static void RemoveOthers(string artifacts, string folder)
    {
        var runner = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string[] patterns = ["programs-*", "runner-*"];
        foreach (var old in patterns.SelectMany(pattern => Directory.EnumerateDirectories(artifacts, pattern)))
        {
            if (old != folder && old != runner && FileLock.TryTake(Path.Combine(old, Complete)) is { } unused)
            {
                using (unused)
                {
                    Directory.Delete(old, recursive: true);
                }
            }
        }
    }

    [GeneratedRegex("error|warn")]
    private static partial Regex Fault { get; }
}
