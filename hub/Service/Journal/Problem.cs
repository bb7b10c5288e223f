using System.Text.Json;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Hub.Journal;

/// <summary>Refusals as RFC 9457 problem documents, with their status.</summary>
internal static class Problem
{
    public const string ContentType = "application/problem+json";

    /// <summary>A refusal as it is told: the title in English, the detail in Vietnamese.</summary>
    public static Told Tell(Refusal refusal)
    {
        var status = StatusOf(refusal.Code);
        return new Told(status, ProtocolJson.Write(new Document("about:blank", refusal.English, status, refusal.Vietnamese, refusal.Code)));
    }

    /// <summary>The code and the words of a problem that was told.</summary>
    public static AnswerError ErrorOf(Told told)
    {
        var document = JsonSerializer.Deserialize<Document>(told.Body, ProtocolJson.Options)!;
        return new AnswerError(document.Code, document.Detail) { English = document.Title };
    }

    /// <summary>What a page says of a problem that was told.</summary>
    public static string WordsOf(Told told, string language)
    {
        var document = JsonSerializer.Deserialize<Document>(told.Body, ProtocolJson.Options)!;
        return language == "en" ? document.Title : document.Detail;
    }

    private static int StatusOf(string code) => code switch
    {
        "malformed" or "unknown-type" => StatusCodes.Status400BadRequest,
        "not-signed-in" or "wrong-pin" or "unknown-device" => StatusCodes.Status401Unauthorized,
        "not-allowed" => StatusCodes.Status403Forbidden,
        "unknown-service" or "unknown-ticket" or "unknown-counter" or "unknown-officer" or "unknown-appointment" => StatusCodes.Status404NotFound,
        "not-allowed-now" or "service-closed" or "no-officer" or "counter-taken" => StatusCodes.Status409Conflict,
        "too-large" => StatusCodes.Status413PayloadTooLarge,
        "key-reused" => StatusCodes.Status422UnprocessableEntity,
        "too-many" => StatusCodes.Status429TooManyRequests,
        "not-ready" => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentException($"No status is set for {code}.", nameof(code)),
    };

    private sealed record Document(string Type, string Title, int Status, string Detail, string Code);
}
