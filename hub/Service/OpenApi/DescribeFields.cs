using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Reception.Hub.Api;

namespace Reception.Hub.OpenApi;

/// <summary>
/// Which fields may be missing, and what their attributes say. In a response a field is there, null or not, except one that is left out
/// instead of null; in a request a field that may be null may be left out.
/// </summary>
internal sealed class DescribeFields : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Required = context.JsonTypeInfo.Properties
                .Where(field => schema.Properties?.ContainsKey(field.Name) == true && !MayBeMissing(field))
                .Select(field => field.Name).ToHashSet();
        }

        if (context.JsonPropertyInfo is { } property)
        {
            if (MayBeMissing(property))
            {
                schema.Type &= ~JsonSchemaType.Null;
            }

            Describe(schema, property);
        }

        return Task.CompletedTask;
    }

    private static bool MayBeMissing(JsonPropertyInfo field) =>
        Attribute<JsonIgnoreAttribute>(field) is { Condition: JsonIgnoreCondition.WhenWritingNull }
        || (field.IsGetNullable && field.DeclaringType.IsSubclassOf(typeof(RequestBody)));

    private static void Describe(OpenApiSchema schema, JsonPropertyInfo field)
    {
        if (Attribute<AllowedValuesAttribute>(field) is { } allowed)
        {
            schema.Enum = [.. allowed.Values.Select(value => JsonValue.Create((string)value!))];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                schema.Enum.Add(null!);
            }
        }

        if (Attribute<RangeAttribute>(field) is { Maximum: int.MaxValue })
        {
            schema.Maximum = null;
        }

        if (Attribute<DataTypeAttribute>(field) is { } data)
        {
            schema.Format = data.GetDataTypeName();
        }
    }

    private static T? Attribute<T>(JsonPropertyInfo field) where T : Attribute =>
        field.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
