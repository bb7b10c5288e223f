using System.Net.Http.Headers;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;
using Reception.Hall.Tests.Api.Generated;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Api;

/// <summary>A client that a generator makes of the OpenAPI document works against a running hub.</summary>
[Collection(DescribedHall.Name)]
public sealed class ClientTests(SharedHall shared) : HallTest(shared)
{
    private static readonly string Kept = Path.Combine(Sources.Root, "tests", "hall", "Api", "Generated", "HubClient.g.cs");

    /// <summary>To renew the client: copy what this test found over <c>tests/hall/Api/Generated/HubClient.g.cs</c>.</summary>
    [Fact]
    public async Task The_client_of_the_checkout_is_what_a_generator_makes_of_the_document()
    {
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "HubClient",
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            DisposeHttpClient = false,
            GenerateOptionalParameters = true,
        };
        settings.CSharpGeneratorSettings.Namespace = typeof(HubClient).Namespace!;
        settings.CSharpGeneratorSettings.JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        settings.CSharpGeneratorSettings.DateType = "System.DateOnly";
        settings.CSharpGeneratorSettings.JsonLibraryVersion = 10;
        var document = await OpenApiDocument.FromFileAsync(ApiContract.File, TestContext.Current.CancellationToken);
        var made = new CSharpClientGenerator(document, settings).GenerateFile().ReplaceLineEndings("\n");
        if (!File.Exists(Kept) || await File.ReadAllTextAsync(Kept, TestContext.Current.CancellationToken) != made)
        {
            var found = Path.Combine(Path.GetTempPath(), Path.GetFileName(Kept));
            await File.WriteAllTextAsync(found, made, TestContext.Current.CancellationToken);
            Assert.Fail($"The document's client differs from {Kept}; the document's is in {found}.");
        }
    }

    [Fact]
    public async Task A_generated_client_takes_a_number_signs_in_and_calls_it()
    {
        var place = Hall.NextPlace();
        using var devices = new HttpClient { BaseAddress = new Uri(Hall.Address) };
        devices.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"kiosk-1:{Hall.Secret("kiosk-1")}");
        using var people = new HttpClient { BaseAddress = new Uri(Hall.Address) };
        var (kiosk, officer) = (new HubClient(devices), new HubClient(people));
        var ends = TestContext.Current.CancellationToken;

        var request = new TicketRequestBody { Service = place.Service, Lane = TicketRequestBodyLane.Normal };
        var ticket = await kiosk.TakeNumberAsync(request, cancellationToken: ends);
        Assert.Equal(TicketDocumentState.Waiting, ticket.State);
        await officer.SignInAsync(new SessionBody { Officer = place.Officer, Pin = HallPlan.Pin, Counter = place.Counter }, ends);
        var counter = await officer.CallNextAsync(place.Counter, body: new CallNextBody(), cancellationToken: ends);
        Assert.Equal(ticket.Id, counter.Ticket!.Id);
        Assert.Equal(TicketDocumentState.Called, (await kiosk.GetTicketAsync(ticket.Id, ends)).State);

        var refused = await Assert.ThrowsAsync<ApiException<ProblemDocument>>(() =>
            officer.CallNextAsync(place.Counter, body: new CallNextBody(), cancellationToken: ends));
        Assert.Equal((409, ProblemDocumentCode.NotAllowedNow), (refused.StatusCode, refused.Result.Code));
    }
}
