using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Protocol;

namespace Reception.Hub.Site;

/// <summary>One thing of the set-up that changed.</summary>
/// <param name="Part">Such as <c>services.HT.expectedServiceMinutes</c>.</param>
internal sealed record SetupChange(string Part, string? Old, string? New);

/// <summary>What differs between two hall files, value by value.</summary>
internal static class SetupChanges
{
    // What tells the entries of a list apart.
    private static readonly string[] Keys = ["code", "number", "date"];

    public static IEnumerable<SetupChange> Between(HallFile old, HallFile next) =>
        Between("", Whole(old), Whole(next));

    /// <summary>With the rules that hold where the file has none.</summary>
    private static JsonNode? Whole(HallFile file) => JsonSerializer.SerializeToNode(
        file with
        {
            Lanes = LanesEntry.Of((file.Lanes ?? new LanesEntry()).ToRule()),
            Appointments = AppointmentsEntry.Of((file.Appointments ?? new AppointmentsEntry()).ToRule()),
        },
        ProtocolJson.Options);

    private static IEnumerable<SetupChange> Between(string part, JsonNode? old, JsonNode? next)
    {
        if (JsonNode.DeepEquals(old, next))
        {
            return [];
        }

        var (before, after) = (Entries(old), Entries(next));
        return before.Count + after.Count == 0
            ? [new SetupChange(part, Text(old), Text(next))]
            : before.Keys.Union(after.Keys).SelectMany(key =>
                Between(part.Length == 0 ? key : $"{part}.{key}", before.GetValueOrDefault(key), after.GetValueOrDefault(key)));
    }

    /// <summary>An object's fields, or a list's entries by what tells them apart; none where it is a plain value.</summary>
    private static Dictionary<string, JsonNode?> Entries(JsonNode? node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value),
        JsonArray { Count: > 0 } list when list.All(entry => KeyOf(entry) is not null) => list.ToDictionary(entry => KeyOf(entry)!, entry => entry),
        _ => [],
    };

    private static string? KeyOf(JsonNode? entry) =>
        entry is JsonObject fields && Keys.FirstOrDefault(fields.ContainsKey) is { } key ? fields[key]?.ToString() : null;

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => string.Join(", ", list.Select(Text)),
        JsonObject fields => string.Join('–', fields.Select(field => Text(field.Value)).Where(text => text is not null)),
        _ => node.ToString(),
    };
}
