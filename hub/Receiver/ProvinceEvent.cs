using System.Text.Json;

namespace Reception.Receiver;

/// <summary>An event as the wire contract to the province has it: what is shown of it, and its JSON as it came.</summary>
internal sealed record ProvinceEvent(string Id, string Source, string Type, DateTimeOffset Time, string Subject, long Sequence, JsonElement Json);
