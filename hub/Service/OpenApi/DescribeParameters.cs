using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Reception.Hub.Api;

namespace Reception.Hub.OpenApi;

/// <summary>What parameters mean, the headers that operations take, and the example of a body.</summary>
internal sealed class DescribeParameters : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var described = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var known in described.OfType<ParameterDescription>())
        {
            var parameter = (OpenApiParameter)operation.Parameters!.Single(one => one.Name == known.Name);
            (parameter.Description, parameter.Example) = (known.Meaning, ExampleNode.Of(known.Example));
            if (known.Most is { } most)
            {
                var schema = (OpenApiSchema)parameter.Schema!;
                (schema.Minimum, schema.Maximum) = ("1", most.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (described.OfType<EndpointDescription>().Single().Codes.Contains("key-reused"))
        {
            Add(operation, "Idempotency-Key", "f3a1c2d4-7b60-4c1e-9a55-0d2f6e8b1c33", new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Pattern = "^[!-~]{1,64}$",
            }, """
                A repeat with the same key, by the same caller within 24 h, gets the first response, also after a restart of the hub. The
                same key with another body is refused.
                """);
        }

        if (operation.OperationId == "getCatalog")
        {
            var schema = new OpenApiSchema { Type = JsonSchemaType.String };
            Add(operation, "If-None-Match", Examples.Hall.Catalog!, schema, "The `ETag` of the catalogue that the caller has.");
        }

        if (operation.OperationId == "watchHall")
        {
            var schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" };
            Add(operation, "Last-Event-ID", Examples.Hall.Version, schema, "The version after which the stream goes on.");
        }

        if (described.OfType<BodyDescription>().LastOrDefault() is { } body)
        {
            operation.RequestBody!.Content!["application/json"].Example = ExampleNode.WithoutNulls(body.Example);
        }

        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, object example, OpenApiSchema schema, string meaning) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = meaning,
            Example = ExampleNode.Of(example),
            Schema = schema,
        });
}
