using Microsoft.AspNetCore.Http.HttpResults;

namespace Reception.Receiver;

/// <summary><c>POST /events</c>: 204 once the batch is on the disk, or for a heartbeat; 400 with the reason where it is not as agreed.</summary>
internal static class ReceiveEvents
{
    /// <summary>A batch has at most 256 KiB.</summary>
    public const int MostBytes = 256 * 1024;

    private const string BatchType = "application/cloudevents-batch+json";
    private const string HeartbeatType = "application/json";

    public static async Task<IResult> HandleAsync(
        HttpRequest request, Ledger ledger, Heartbeats heartbeats, TimeProvider clock, CancellationToken cancel)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not BatchType and not HeartbeatType)
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, $"The content type is neither {BatchType} nor {HeartbeatType}.");
        }

        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancel);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, $"A batch has at most {MostBytes} bytes.");
        }

        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (type == HeartbeatType)
        {
            return heartbeats.Take(bytes) is { } wrong ? Refuse(StatusCodes.Status400BadRequest, wrong) : TypedResults.NoContent();
        }

        var (events, refusal) = ReadBatch.Read(bytes);
        if (refusal is not null)
        {
            return Refuse(StatusCodes.Status400BadRequest, refusal);
        }

        var key = request.Headers["Idempotency-Key"].ToString();
        ledger.Keep(events, key.Length == 0 ? null : key, clock.GetUtcNow());
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refuse(int status, string reason) => TypedResults.Problem(statusCode: status, detail: reason);
}
