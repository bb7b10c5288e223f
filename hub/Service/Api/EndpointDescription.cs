namespace Reception.Hub.Api;

/// <summary>By what a caller is known, as the OpenAPI document says it; who may call is decided by <see cref="Access"/>.</summary>
internal enum KnownBy
{
    /// <summary>Anyone may call.</summary>
    Nothing,

    /// <summary>A device, by its id and secret.</summary>
    Secret,

    /// <summary>A person, by the session's cookie.</summary>
    Session,

    /// <summary>A person or a device.</summary>
    SessionOrSecret,
}

/// <summary>What the OpenAPI document says of an endpoint beside its types: by what the caller is known, and its refusals' codes.</summary>
internal sealed record EndpointDescription(KnownBy KnownBy, IReadOnlyList<string> Codes);

/// <summary>A request's body. It is described and not enforced: a program that forgot the content type is understood as well.</summary>
internal sealed record BodyDescription(Type Type, bool IsRequired, object Example);

/// <summary>A response: an example of its body, or null without one, and what it means, where its type does not say that.</summary>
internal sealed record ResponseDescription(int Status, object? Example, string? Meaning);

/// <summary>A parameter of an endpoint's path or query, with the type that it is read as.</summary>
internal sealed record ParameterDescription(string Name, Type Type, string Meaning, object Example, bool IsRequired)
{
    public int? Most { get; init; }
}

/// <summary>Describes an endpoint where it is mapped.</summary>
internal static class EndpointDescriptions
{
    // ApiRequest refuses of any command: a malformed key or body, a large body, a used key, and what can't be stored now.
    private static readonly string[] OfCommands = ["malformed", "too-large", "key-reused", "not-ready"];

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operation">Its operation id.</param>
    /// <param name="summary">What it does, in one sentence.</param>
    /// <param name="description">What else a caller has to know.</param>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string operation, string summary, string? description = null)
    {
        endpoint.WithName(operation).WithSummary(summary);
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    /// <summary>An endpoint that only reads, with the codes of its refusals other than those of a caller who is not known.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, KnownBy knownBy, params string[] codes) =>
        endpoint.WithMetadata(new EndpointDescription(knownBy, [.. OfCaller(knownBy), .. codes]));

    /// <summary>A command, with the codes of its refusals other than those of an unknown caller and those of any command.</summary>
    public static RouteHandlerBuilder Commands(this RouteHandlerBuilder endpoint, KnownBy knownBy, params string[] codes) =>
        endpoint.WithMetadata(new EndpointDescription(knownBy, [.. OfCaller(knownBy), .. OfCommands, .. codes]));

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint, T example, bool required = true) where T : RequestBody =>
        endpoint.WithMetadata(new BodyDescription(typeof(T), required, example));

    public static RouteHandlerBuilder Asks<T>(
        this RouteHandlerBuilder endpoint, string parameter, string meaning, object example, bool required = false, int? most = null) =>
        endpoint.WithMetadata(new ParameterDescription(parameter, typeof(T), meaning, example, required) { Most = most });

    public static RouteHandlerBuilder Gives<T>(
        this RouteHandlerBuilder endpoint, T example, int status = StatusCodes.Status200OK, string? meaning = null)
        where T : notnull =>
        endpoint.Produces<T>(status).WithMetadata(new ResponseDescription(status, example, meaning));

    public static RouteHandlerBuilder GivesNothing(
        this RouteHandlerBuilder endpoint, string meaning, int status = StatusCodes.Status204NoContent) =>
        endpoint.Produces(status).WithMetadata(new ResponseDescription(status, null, meaning));

    private static string[] OfCaller(KnownBy knownBy) => knownBy switch
    {
        KnownBy.Nothing => [],
        KnownBy.SessionOrSecret => ["not-signed-in", "unknown-device"],
        _ => ["not-signed-in", "unknown-device", "not-allowed"],
    };
}
