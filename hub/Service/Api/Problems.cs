using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Refusals as RFC 9457 problem documents, with their status.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>A refusal as a response: the title in English, the detail in Vietnamese. An Idempotency-Key keeps no 401, 403, 422, 429 and 5xx.</summary>
    public static EncodedResult Encode(Refusal refusal)
    {
        var status = StatusOf(refusal.Code);
        var document = new ProblemDocument("about:blank", refusal.English, status, refusal.Vietnamese, refusal.Code);
        return new EncodedResult(status, ProtocolJson.Write(document))
        {
            IsStored = status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status422UnprocessableEntity
                or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError),
            RetryAfter = refusal.RetryAfter,
        };
    }

    /// <summary>A refusal that was made before there was a command, as a response.</summary>
    public static EncodedResponse Response(Refusal refusal) => new(Encode(refusal)) { Refused = refusal.Code };

    public static int StatusOf(string code) => code switch
    {
        "malformed" or "unknown-type" => StatusCodes.Status400BadRequest,
        "not-signed-in" or "wrong-pin" or "unknown-device" => StatusCodes.Status401Unauthorized,
        "not-allowed" => StatusCodes.Status403Forbidden,
        "unknown-service" or "unknown-ticket" or "unknown-counter" or "unknown-officer" or "unknown-appointment" => StatusCodes.Status404NotFound,
        "not-allowed-now" or "service-closed" or "no-officer" or "counter-taken" => StatusCodes.Status409Conflict,
        "pairing-ended" => StatusCodes.Status410Gone,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        "key-reused" => StatusCodes.Status422UnprocessableEntity,
        "too-many" => StatusCodes.Status429TooManyRequests,
        "not-ready" => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentException($"No status is set for {code}.", nameof(code)),
    };
}

/// <summary>A refusal, as RFC 9457 writes it.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says which problem it is.</param>
/// <param name="Title">The refusal in English.</param>
/// <param name="Status">The response's status.</param>
/// <param name="Detail">The refusal in Vietnamese, for the person.</param>
/// <param name="Code">Which refusal it is, for programs.</param>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Detail, string Code);
