using System.Globalization;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Sends a result byte for byte.</summary>
internal sealed class EncodedResponse(EncodedResult result) : IResult
{
    /// <summary>The code of a refusal that was made before there was a command; the writer counts its own.</summary>
    public string? Refused { get; init; }

    /// <summary>A document as a response.</summary>
    public static EncodedResponse Of<T>(T document, int status = StatusCodes.Status200OK) => new(new EncodedResult(status, ProtocolJson.Write(document)));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (Refused is { } code)
        {
            httpContext.RequestServices.GetRequiredService<HubMeter>().Refusal(HubMeter.NoCommand, code);
        }

        var response = httpContext.Response;
        response.StatusCode = result.Status;
        if (result.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (result.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = result.Status >= StatusCodes.Status400BadRequest ? Problems.ContentType : "application/json; charset=utf-8";
        response.ContentLength = result.Body.Length;
        await response.Body.WriteAsync(result.Body, httpContext.RequestAborted);
    }
}
