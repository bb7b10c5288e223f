using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Reception.Protocol;

namespace Reception.Hub.OpenApi;

/// <summary>Examples as JSON, as the hub writes it.</summary>
internal static class ExampleNode
{
    private static readonly JsonSerializerOptions LeftOut = new(ProtocolJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static JsonNode Of(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), ProtocolJson.Options)!;

    /// <summary>A request: a field that is null is left out.</summary>
    public static JsonNode WithoutNulls(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), LeftOut)!;
}
