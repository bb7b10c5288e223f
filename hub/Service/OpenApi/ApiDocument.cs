using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace Reception.Hub.OpenApi;

/// <summary>
/// The OpenAPI document at <c>/openapi/v1.json</c>: made of the route table, the types of requests and responses with their XML docs,
/// and what the endpoints say of themselves (<see cref="Api.EndpointDescriptions"/>).
/// </summary>
internal static class ApiDocument
{
    public const string Address = "/openapi/v1.json";

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, DescribedInputs>());
        // For the document alone, because the hub reads and writes JSON by ProtocolJson: a number is a number, and no text.
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        return services.AddOpenApi("v1", openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddSchemaTransformer<DescribeFields>();
            openApi.AddOperationTransformer<DescribeParameters>();
            openApi.AddOperationTransformer<DescribeCallers>();
            openApi.AddOperationTransformer<DescribeResponses>();
            openApi.AddDocumentTransformer<DescribeHub>();
        });
    }
}
