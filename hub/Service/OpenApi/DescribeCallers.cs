using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Reception.Hub.Api;

namespace Reception.Hub.OpenApi;

/// <summary>By what the caller of an operation is known.</summary>
internal sealed class DescribeCallers : IOpenApiOperationTransformer
{
    /// <summary>The scheme of people: the session's cookie.</summary>
    public const string Session = "session";

    /// <summary>The scheme of devices: <c>Authorization: Bearer</c> with the device's id and secret.</summary>
    public const string Device = "device";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        string[] schemes = context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDescription>().Single().KnownBy switch
        {
            KnownBy.Secret => [Device],
            KnownBy.Session => [Session],
            KnownBy.SessionOrSecret => [Session, Device],
            _ => [],
        };
        operation.Security =
        [
            .. schemes.Select(scheme => new OpenApiSecuritySchemeReference(scheme, context.Document))
                .Select(scheme => new OpenApiSecurityRequirement { [scheme] = [] }),
        ];
        return Task.CompletedTask;
    }
}
