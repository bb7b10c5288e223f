using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reception.Hall.Tests.Parts;

/// <summary>One of the product's programs as it is installed, with its folder and its settings, which outlive its kills.</summary>
internal sealed class Installed : IAsyncDisposable
{
    private readonly string _program;
    private readonly bool _ownsFolder;
    private readonly List<Spawned> _runs = [];

    /// <param name="program">The program's name.</param>
    /// <param name="folder">A folder of the test's own; without one it is made here, and deleted at the end.</param>
    public Installed(string program, string? folder = null)
    {
        _program = program;
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory($"reception-{program}-").FullName;
    }

    public string Folder { get; }

    /// <summary>What every run said.</summary>
    public string Said => string.Join("\n---\n", _runs.Select(run => run.All));

    /// <summary>The last run.</summary>
    public Spawned Run => _runs[^1];

    public string Settings => Path.Combine(Folder, "settings.json");

    /// <summary>Writes the settings of a device's program: its link to a broker, and what else they have.</summary>
    public void SetUpDevice(string device, BrokerAccess broker, object more)
    {
        var secretFile = PathOf("secret");
        File.WriteAllText(secretFile, broker.Secret);
        File.SetUnixFileMode(secretFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var settings = JsonSerializer.SerializeToNode(new { device, data = "data", broker = new { host = "127.0.0.1", port = broker.Port, secretFile = "secret" } })!.AsObject();
        foreach (var (key, value) in JsonSerializer.SerializeToNode(more)!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        File.WriteAllText(Settings, settings.ToJsonString());
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Spawned Start(params IEnumerable<string> command) => Keep(Spawned.Program(_program, [.. command, "--config", Settings]));

    /// <summary>Starts a run that SIGKILL meets in the middle of making what it wrote durable, at that time, counted from 1.</summary>
    public async Task<Spawned> StartDoomedAsync(int sync, params IEnumerable<string> command) =>
        Keep(Spawned.Program(_program, await Doom.AtAsync(sync), [.. command, "--config", Settings]));

    /// <summary>Starts it without some of root's rights, by their names in capabilities(7).</summary>
    public Spawned StartWithout(params IEnumerable<string> rights) => Keep(Spawned.Start(
        "setpriv", "--bounding-set", string.Join(',', rights.Select(right => "-" + right)), Spawned.PathOf(_program), "--config", Settings));

    public async Task KillAsync() => await Run.KillAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.KillAsync();
            run.Dispose();
        }

        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private Spawned Keep(Spawned run)
    {
        _runs.Add(run);
        return run;
    }
}

/// <summary>A broker's port on this machine, and the secret by which a device signs in there.</summary>
internal sealed record BrokerAccess(int Port, string Secret);
