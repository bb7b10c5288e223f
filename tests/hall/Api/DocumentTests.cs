using System.Text.Json;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Api;

/// <summary>The OpenAPI document that the hub serves says everything about every operation.</summary>
[Collection(DescribedHall.Name)]
public sealed class DocumentTests(SharedHall shared) : HallTest(shared)
{
    /// <summary>
    /// To renew the document of the checkout: look at what this test found, and copy it over <c>hub/docs/openapi.json</c>. Then renew the
    /// client (<see cref="ClientTests"/>).
    /// </summary>
    [Fact]
    public async Task The_document_of_the_checkout_is_the_one_that_the_hub_serves()
    {
        var served = await Hall.Anyone.GetAsync("/openapi/v1.json");
        Assert.Equal(200, served.Status);
        var ends = TestContext.Current.CancellationToken;
        if (!File.Exists(ApiContract.File) || await File.ReadAllTextAsync(ApiContract.File, ends) != served.Text)
        {
            var found = Path.Combine(Path.GetTempPath(), "openapi.json");
            await File.WriteAllTextAsync(found, served.Text, ends);
            Assert.Fail($"The hub's document differs from hub/docs/openapi.json; the hub's is in {found}.");
        }
    }

    // Of whoever asks, these take a PIN or a nonce of their own as proof, and no session or secret.
    private static readonly string[] Proving = ["/api/v1/session", "/api/v1/pairings/{pairing}"];

    [Fact]
    public void Every_operation_has_an_id_a_subject_a_summary_its_callers_and_described_responses()
    {
        var tags = ApiContract.Document.GetProperty("tags").EnumerateArray();
        var subjects = tags.Select(tag => tag.GetProperty("name").GetString()).ToList();
        Assert.All(ApiContract.Operations.Values, operation =>
        {
            Assert.StartsWith("/api/v1/", operation.Path, StringComparison.Ordinal);
            Assert.EndsWith(".", operation.Json.GetProperty("summary").GetString(), StringComparison.Ordinal);
            Assert.Contains(Assert.Single(operation.Json.GetProperty("tags").EnumerateArray()).GetString(), subjects);
            var isForAnyone = operation.Json.GetProperty("security").GetArrayLength() == 0;
            var responses = operation.Json.GetProperty("responses");
            Assert.NotEqual(isForAnyone && !Proving.Contains(operation.Path), responses.TryGetProperty("401", out _));
            Assert.All(responses.EnumerateObject(), response =>
                Assert.NotEqual("", response.Value.GetProperty("description").GetString()));
            foreach (var parameter in Parameters(operation))
            {
                Assert.NotEqual("", parameter.GetProperty("description").GetString());
                Assert.NotEqual(JsonValueKind.Undefined, parameter.GetProperty("example").ValueKind);
            }
        });
        var used = ApiContract.Operations.Values.Select(operation => operation.Json.GetProperty("tags")[0].GetString()).Distinct();
        Assert.Equal(subjects.Order(), used.Order());
    }

    [Fact]
    public void Every_schema_and_field_has_a_description()
    {
        var silent = new List<string>();
        foreach (var schema in ApiContract.Document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("description", out _))
            {
                silent.Add(schema.Name);
            }

            silent.AddRange(schema.Value.GetProperty("properties").EnumerateObject()
                .Where(field => !IsDescribed(field.Value)).Select(field => $"{schema.Name}.{field.Name}"));
        }

        Assert.Empty(silent);

        // A field that may be null has its words beside the reference to its schema.
        static bool IsDescribed(JsonElement field) => field.TryGetProperty("oneOf", out var choices)
            ? choices.EnumerateArray().Any(IsDescribed)
            : field.TryGetProperty("description", out _);
    }

    [Fact]
    public void Every_body_and_every_refusal_has_an_example_that_its_schema_allows()
    {
        var faults = new List<string>();
        foreach (var (name, operation) in ApiContract.Operations)
        {
            var bodies = operation.Json.GetProperty("responses").EnumerateObject()
                .Select(response => (response.Name, Body: response.Value)).ToList();
            if (operation.Json.TryGetProperty("requestBody", out var request))
            {
                bodies.Add(("request", request));
            }

            foreach (var (part, body) in bodies.Where(body => body.Body.TryGetProperty("content", out _)))
            {
                var media = Assert.Single(body.GetProperty("content").EnumerateObject()).Value;
                foreach (var example in ExamplesOf(media))
                {
                    var found = JsonCheck.Faults(ApiContract.Document, media.GetProperty("schema"), example);
                    faults.AddRange(found.Select(fault => $"{name} {part}: {fault}"));
                }
            }
        }

        Assert.Empty(faults);
    }

    private static IEnumerable<JsonElement> Parameters(ApiOperation operation) =>
        operation.Json.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [];

    private static IReadOnlyList<JsonElement> ExamplesOf(JsonElement media) => media.TryGetProperty("example", out var example)
        ? [example]
        :
        [
            .. media.GetProperty("examples").EnumerateObject()
                .Select(one => JsonCheck.Resolve(ApiContract.Document, one.Value).GetProperty("value")),
        ];
}
