using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Reception.Hub.Api;

/// <summary>Describes the body of a command in the OpenAPI document.</summary>
internal static class OpenApiBody
{
    /// <summary>The body is described and not enforced: a program that forgot the content type is understood as well.</summary>
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder endpoint, bool required = true) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellation);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = required,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        });
}

/// <summary>The body of a request for a number.</summary>
/// <param name="Service">The service's code.</param>
/// <param name="Lane"><c>normal</c> or <c>priority</c>.</param>
/// <param name="Services">Further errands, in order.</param>
/// <param name="Appointment">The code of a booked time; service and lane may then be left out.</param>
internal sealed record TicketRequestBody(string? Service, string? Lane, string? Language, IReadOnlyList<string>? Services, string? Appointment);

/// <summary>The body of a sign-in; the counter is for officers alone.</summary>
internal sealed record SessionBody(string Officer, string Pin, int? Counter);

/// <summary>Why, in the person's words.</summary>
internal sealed record ReasonBody(string? Reason);

/// <summary>At which device a copy is printed.</summary>
internal sealed record ReprintBody(string Device);

/// <summary>Which service alone is called.</summary>
internal sealed record CallNextBody(string? Service, string? Reason);

/// <summary>Which ticket is called.</summary>
internal sealed record CallBody(Guid Ticket, string? Reason);

/// <summary>What came of the errand: <c>received</c>, <c>supplement</c>, <c>refused</c> or <c>returned</c>.</summary>
internal sealed record FinishBody(string? Outcome, string? Reason);

/// <summary>Where the ticket goes: to a service or to a counter.</summary>
internal sealed record TransferBody(string? Service, int? Counter, string? Reason);
