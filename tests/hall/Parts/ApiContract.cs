using System.Text.Json;

namespace Reception.Hall.Tests.Parts;

/// <summary>The OpenAPI document of the checkout, <c>hub/docs/openapi.json</c>.</summary>
internal static class ApiContract
{
    public static string File { get; } = Path.Combine(Sources.Root, "hub", "docs", "openapi.json");

    public static JsonElement Document { get; } = JsonSerializer.Deserialize<JsonElement>(System.IO.File.ReadAllBytes(File));

    /// <summary>Every operation, by its operation id.</summary>
    public static IReadOnlyDictionary<string, ApiOperation> Operations { get; } = Document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(one => new ApiOperation(path.Name, one.Name.ToUpperInvariant(), one.Value)))
        .ToDictionary(operation => operation.Json.GetProperty("operationId").GetString()!);

    /// <summary>The operation of a request, or null.</summary>
    public static ApiOperation? Find(string method, string path) =>
        Operations.Values.FirstOrDefault(operation => operation.Is(method, path.Split('?')[0]));

    /// <summary>In what a response is not as the document says it; empty where it is.</summary>
    public static IReadOnlyList<string> Faults(string method, string path, ApiAnswer response)
    {
        if (Find(method, path) is not { } operation)
        {
            return [$"{method} {path} is not described"];
        }

        if (!operation.Json.GetProperty("responses").TryGetProperty($"{response.Status}", out var described))
        {
            return [$"{method} {path}: {response.Brief} is not described"];
        }

        if (!described.TryGetProperty("content", out var content))
        {
            return response.Bytes.Length == 0 ? [] : [$"{method} {path}: {response.Status} has a body"];
        }

        if (response.ContentType is not { } type || !content.TryGetProperty(type, out var media))
        {
            return [$"{method} {path}: {response.Status} has the content type {response.ContentType}"];
        }

        var isRefusal = type == "application/problem+json";
        return
        [
            .. JsonCheck.Faults(Document, media.GetProperty("schema"), response.Json)
                .Select(fault => $"{method} {path}: {response.Status}: {fault}"),
            .. isRefusal && !media.GetProperty("examples").TryGetProperty(response.Json.GetProperty("code").GetString()!, out _)
                ? [$"{method} {path}: {response.Brief} is not described"]
                : Array.Empty<string>(),
        ];
    }
}

/// <summary>An operation of the document.</summary>
internal sealed record ApiOperation(string Path, string Method, JsonElement Json)
{
    private readonly string[] _parts = Path.Split('/');

    public bool Is(string method, string path) => method == Method && path.Split('/') is var parts && parts.Length == _parts.Length
        && _parts.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
}
