using Reception.Hall.Tests.Parts;

namespace Reception.Platform.Tests;

/// <summary>A machine of another kind, that runs the programs as <c>.ci/publish</c> makes them for it.</summary>
internal abstract class Machine(string name) : IAsyncDisposable
{
    private readonly List<Spawned> _started = [];

    /// <summary>Where everything of one test lies, by its path here.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("reception-platform-").FullName;

    /// <summary>All that every program said.</summary>
    public string Said => string.Join("\n---\n", _started.Select(one => one.All));

    /// <summary>Whether it can do TLS.</summary>
    public virtual bool HasTls => true;

    /// <summary>A file or folder by the name that the programs know it by.</summary>
    public abstract string PathOf(string path);

    /// <summary>Gives the programs a serial port; what is at the other end makes the link, later.</summary>
    /// <returns>The port's name for the programs.</returns>
    public abstract string AddPort(string link);

    /// <summary>Gives the programs a printer whose bytes come into a folder, as files that end in <c>.bin</c>.</summary>
    /// <returns>The printer's address for the programs.</returns>
    public abstract Task<string> AddPrinterAsync(string folder);

    /// <summary>What has to be there before the first program.</summary>
    public virtual Task StartAsync() => Task.CompletedTask;

    public Spawned Start(string program, params string[] arguments)
    {
        var folder = Path.Combine(Sources.Root, "artifacts", name, program);
        Assert.True(Directory.Exists(folder), $"{folder} is missing: ./test --all makes it, or .ci/publish {name}.");
        var started = Spawned.Start("env", Command(Path.Combine(folder, program), arguments));
        _started.Add(started);
        return started;
    }

    /// <summary>Runs a program to its end; fails where it does.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var run = Start(program, arguments);
        await run.EndedWellAsync();
        return run.All;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var one in _started)
        {
            await one.KillAsync();
            one.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The words after <c>env</c>: variables, what stands in for the machine, the program.</summary>
    protected abstract IEnumerable<string> Command(string program, string[] arguments);
}
