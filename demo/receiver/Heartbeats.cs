using System.Text.Json;

namespace Reception.Receiver;

/// <summary>The newest heartbeat of a hub; it is not kept on the disk.</summary>
internal sealed class Heartbeats
{
    private readonly Lock _gate = new();
    private JsonElement? _newest;

    public JsonElement? Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>Takes a heartbeat; gives what is wrong with it, or null.</summary>
    public string? Take(ReadOnlyMemory<byte> body)
    {
        JsonElement heartbeat;
        try
        {
            using var document = JsonDocument.Parse(body);
            heartbeat = document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            return $"The body is no JSON: {problem.Message}";
        }

        if (heartbeat.ValueKind != JsonValueKind.Object
            || !heartbeat.TryGetProperty("site", out var site) || site.ValueKind != JsonValueKind.String
            || !heartbeat.TryGetProperty("journal", out var journal) || journal.ValueKind != JsonValueKind.String)
        {
            return "The body is no heartbeat: it has no site and journal.";
        }

        lock (_gate)
        {
            _newest = heartbeat;
        }

        return null;
    }
}
