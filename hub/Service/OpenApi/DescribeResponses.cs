using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Reception.Hub.Api;

namespace Reception.Hub.OpenApi;

/// <summary>An example of each response, and every refusal by its status, with the codes that it can have.</summary>
internal sealed class DescribeResponses : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var described = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var known in described.OfType<ResponseDescription>())
        {
            var response = (OpenApiResponse)operation.Responses![Key(known.Status)];
            response.Description = known.Meaning ?? ReasonPhrases.GetReasonPhrase(known.Status);
            if (known.Example is { } example)
            {
                response.Content!.Values.Single().Example = ExampleNode.Of(example);
            }
        }

        var codes = described.OfType<EndpointDescription>().Single().Codes;
        foreach (var refusals in codes.GroupBy(Problems.StatusOf).OrderBy(refusals => refusals.Key))
        {
            operation.Responses![Key(refusals.Key)] = Refusals(refusals.Key, [.. refusals], context.Document!);
        }

        return Task.CompletedTask;
    }

    private static OpenApiResponse Refusals(int status, IReadOnlyList<string> codes, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(", ", codes.Select(code => $"`{code}`")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problems.ContentType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(ProblemDocument), document),
                    Examples = codes.ToDictionary(code => code, code => (IOpenApiExample)new OpenApiExampleReference(code, document)),
                },
            },
        };
        if (status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "After how many seconds the next try may be allowed.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                },
            };
        }

        return response;
    }

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
