using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Reception.Hub.Api;

namespace Reception.Hub.OpenApi;

/// <summary>Gives the operations the inputs that their handlers read by themselves: the body, and the types of parameters.</summary>
internal sealed class DescribedInputs : IApiDescriptionProvider
{
    // After the provider of minimal APIs.
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var operation in context.Results)
        {
            var described = operation.ActionDescriptor.EndpointMetadata;
            foreach (var parameter in operation.ParameterDescriptions)
            {
                if (described.OfType<ParameterDescription>().FirstOrDefault(one => one.Name == parameter.Name) is { } known)
                {
                    (parameter.Type, parameter.IsRequired) = (known.Type, known.IsRequired);
                }
            }

            if (described.OfType<BodyDescription>().LastOrDefault() is { } body)
            {
                operation.ParameterDescriptions.Add(new ApiParameterDescription
                {
                    Name = "body",
                    Source = BindingSource.Body,
                    Type = body.Type,
                    IsRequired = body.IsRequired,
                });
                operation.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = "application/json" });
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
    }
}
