using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Pairing;

/// <summary>A device's program as it is delivered: its settings name neither a device nor a secret.</summary>
internal sealed class UnpairedDevice : IAsyncDisposable
{
    private readonly Installed _program;

    /// <param name="program">The program's name.</param>
    /// <param name="hub">The hub's address, or null where it is asked for on the screen.</param>
    /// <param name="more">What else its settings have.</param>
    public UnpairedDevice(string program, string? hub, object? more = null)
    {
        _program = new Installed(program);
        var settings = new JsonObject { ["data"] = "data" };
        if (hub is not null)
        {
            settings["hub"] = hub;
        }

        foreach (var (key, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        File.WriteAllText(_program.Settings, settings.ToJsonString());
    }

    public string Said => _program.Said;

    public string Settings => _program.Settings;

    /// <summary>The keys that it was given, or null where it is not paired.</summary>
    public JsonElement? Paired => _program.PathOf("data/paired.json") is var file && File.Exists(file)
        ? JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file))
        : null;

    public Spawned Start(params IEnumerable<string> command) => _program.Start(command);

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
