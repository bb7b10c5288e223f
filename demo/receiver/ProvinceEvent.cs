using System.Text.Json;

namespace Reception.Receiver;

/// <summary>An event as the wire contract to the province has it: what is shown of it, and its JSON as it came.</summary>
/// <param name="After">The sequence of the event before it, 0 for the first; null where the hub does not tell.</param>
/// <param name="Journal">The journal's id; null where the hub does not tell.</param>
internal sealed record ProvinceEvent(
    string Id, string Source, string Type, DateTimeOffset Time, string Subject, long Sequence, long? After, string? Journal, JsonElement Json);
