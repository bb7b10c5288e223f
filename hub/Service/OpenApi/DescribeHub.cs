using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Reception.Hub.Api;
using Reception.Hub.Staff;

namespace Reception.Hub.OpenApi;

/// <summary>What the document says of the hub as a whole: its title, subjects, security schemes and refusals.</summary>
internal sealed class DescribeHub : IOpenApiDocumentTransformer
{
    private static readonly (string Name, string Description)[] Subjects =
    [
        ("Hall", "The public state of the hall, and its names."),
        ("Session", "Signing in and out."),
        ("Tickets", "Taking a number, and what happens to it besides a counter's calls."),
        ("Phones", "Numbers by phone, for those who are in the hall."),
        ("Appointments", "Booked times from another system."),
        ("Counters", "What the officer at a counter does."),
        ("Devices", "The devices of the hall."),
        ("Statistics", "Officers' figures and ratings."),
        ("Clock", "The hub's clock."),
    ];

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Reception, the hub of a hall",
            Version = "1",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            Description = """
                JSON in UTF-8. Times are RFC 3339 with milliseconds and an offset, and are read in any RFC 3339 form; days are those of the
                hall's zone. Unknown fields are ignored; fields, codes and operations may be added, so ignore those that you do not know. A
                refusal is an RFC 9457 problem document, and its `code` says which one it is. Beside this document: what devices send and
                receive over MQTT (`hardware/docs/mqtt.asyncapi.yaml`), and what the province receives (`hub/docs/province.md`).
                """,
        };
        // Wherever the document was read from: one document for all halls.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = Subjects.Select(subject => new OpenApiTag { Name = subject.Name, Description = subject.Description }).ToHashSet();

        document.AddComponent(DescribeCallers.Session, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookie.Plain,
            Description = $"A person's session, from `POST /api/v1/session`; over TLS its name is `{SessionCookie.Secure}`.",
        });
        document.AddComponent(DescribeCallers.Device, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "<device id>:<secret>",
            Description = "A device: `Authorization: Bearer kiosk-1:<secret>`.",
        });

        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, cancellationToken);
        ((OpenApiSchema)problem.Properties!["code"]).Enum = [.. RefusalExamples.All.Select(refusal => (JsonNode)refusal.Code)];
        document.AddComponent(nameof(ProblemDocument), problem);
        foreach (var refusal in RefusalExamples.All)
        {
            var value = JsonNode.Parse(Problems.Encode(refusal).Body);
            document.AddComponent(refusal.Code, new OpenApiExample { Summary = refusal.English, Value = value });
        }
    }
}
