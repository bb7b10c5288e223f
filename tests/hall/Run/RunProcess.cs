using System.Diagnostics;
using System.Globalization;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary><c>./run</c> itself, with free ports and what it says.</summary>
internal sealed class RunProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Killed = 9;
    public const int Terminate = 15;

    /// <summary>The first start of a checkout builds the programs.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(8);

    private readonly Spawned _run;

    private RunProcess(Spawned run) => _run = run;

    public IReadOnlyCollection<string> Complaints => _run.Complained;

    public string Said => _run.All;

    public static RunProcess Start(IEnumerable<string> arguments, string? path = null)
    {
        // The tests may run in the background of a shell that ignores Ctrl-C; a person's ./run does not.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(Sources.Root, "run"), .. arguments]);
        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        return new RunProcess(Spawned.Start(start));
    }

    /// <summary>Returns once the hall is open.</summary>
    public async Task OpenAsync()
    {
        await Eventually.TrueAsync(() => _run.HasEnded || _run.Said.Contains("Ctrl-C stops everything."), () => Said, StartPatience);
        Assert.False(_run.HasEnded, Said);
    }

    public async Task<int> EndAsync()
    {
        await _run.EndedAsync(StartPatience);
        return _run.ExitCode;
    }

    public void Signal(int signal) => _run.Signal(signal);

    public void Dispose() => _run.Dispose();
}

/// <summary>A data folder of its own and six free ports, and what runs on them.</summary>
internal sealed class RunSite : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("reception-run-").FullName;

    public RunSite() => Data = Path.Combine(_parent, "hall");

    public string Data { get; }
    public int Http { get; } = FreePort.Next();
    public int Kiosk { get; } = FreePort.Next();
    public int Rater { get; } = FreePort.Next();
    public int Province { get; } = FreePort.Next();
    public int Mqtt { get; } = FreePort.Next();
    public int Printer { get; } = FreePort.Next();

    public IReadOnlyList<string> Arguments =>
    [
        "--data", Data,
        .. new (string Option, int Port)[]
            {
                ("--http", Http), ("--kiosk", Kiosk), ("--rater", Rater), ("--province-port", Province), ("--mqtt", Mqtt), ("--printer-port", Printer),
            }
            .SelectMany(one => new[] { one.Option, one.Port.ToString(CultureInfo.InvariantCulture) }),
    ];

    /// <summary>The id in a process's pid file; 0 where there is none.</summary>
    public int Pid(string name) =>
        File.Exists(PidFile(name)) && int.TryParse(File.ReadAllText(PidFile(name)), CultureInfo.InvariantCulture, out var pid) ? pid : 0;

    public IEnumerable<string> PidFiles => Directory.EnumerateFiles(Path.Combine(Data, "run"), "*.pid");

    /// <summary>Every process that names the folder in its command line, by its own words.</summary>
    public IReadOnlyList<string> Processes => ProcessesNaming(Data);

    public static IReadOnlyList<string> ProcessesNaming(string text) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && id != Environment.ProcessId
           let words = Words(folder)
           where words.Contains(text, StringComparison.Ordinal)
           select $"{Path.GetFileName(folder)} {words}",
    ];

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string PidFile(string name) => Path.Combine(Data, "run", name + ".pid");

    private static string Words(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return "";
        }
    }
}
