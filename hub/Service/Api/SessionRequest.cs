using System.Text.Json;

namespace Reception.Hub.Api;

/// <summary>Who wants to sign in, and where.</summary>
internal sealed record SessionRequest(string Officer, string Pin, int? Counter)
{
    private const int MostCounter = 999;
    private const int Longest = 64;

    internal string? Wrong { get; private init; }

    /// <summary>Reads the body; null where it is no JSON object.</summary>
    public static async Task<SessionRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            var json = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            if (json.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var fields = new JsonFields(json);
            var officer = fields.Text("officer", text => text.Length is > 0 and <= Longest);
            var pin = fields.Text("pin", text => text.Length is > 0 and <= Longest);
            var counter = fields.OptionalNumber("counter", 1, MostCounter);
            return new SessionRequest(officer ?? "", pin ?? "", counter) { Wrong = fields.IsWrong ? fields.Wrong : null };
        }
        catch (JsonException)
        {
            // Told to the caller as malformed.
            return null;
        }
    }
}
