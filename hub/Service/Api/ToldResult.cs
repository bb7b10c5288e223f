using System.Globalization;
using Reception.Hub.Journal;
using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>Sends what the writer told, byte for byte.</summary>
internal sealed class ToldResult(Told told) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = told.Status;
        if (told.Status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = PinAttempts.Wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (told.Status == StatusCodes.Status204NoContent)
        {
            return;
        }

        response.ContentType = told.IsRefusal ? Problem.ContentType : "application/json; charset=utf-8";
        response.ContentLength = told.Body.Length;
        await response.Body.WriteAsync(told.Body, httpContext.RequestAborted);
    }
}
