using System.Globalization;
using System.Net;

namespace Reception.Hub.Province;

/// <summary>What an answer means for the batch.</summary>
internal enum Verdict
{
    /// <summary>The province has it.</summary>
    Acknowledged,

    /// <summary>Something in the batch will never be taken.</summary>
    Refused,

    /// <summary>Try again later.</summary>
    Later,

    /// <summary>Nothing will be taken until someone puts the address, or what belongs to it, right.</summary>
    AddressAtFault,

    /// <summary>A web page came in place of an acknowledgement: a sign-in page stands before the province.</summary>
    WebPage,
}

/// <summary>An answer, or the lack of one.</summary>
/// <param name="Status">The HTTP status; 0 where none came.</param>
/// <param name="Words">What happened, in a few words without the events' content.</param>
/// <param name="Text">The beginning of the answer's body.</param>
/// <param name="RetryAfter">How long the other side asked to be left alone.</param>
internal sealed record ProvinceAnswer(Verdict Verdict, int Status, string Words, string Text = "", TimeSpan? RetryAfter = null)
{
    public static ProvinceAnswer None(string words) => new(Verdict.Later, 0, words);

    public static ProvinceAnswer Of(HttpResponseMessage response, string text, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var words = "answered " + status.ToString(CultureInfo.InvariantCulture);
        return Judge(status) is Verdict.Acknowledged && IsWebPage(response)
            ? new ProvinceAnswer(Verdict.WebPage, status, words + " with a web page (text/html), which is not an acknowledgement", text)
            : new ProvinceAnswer(Judge(status), status, words, text, Wait(response, now));
    }

    // As it was sent: a content type that is not well-formed is none to the parser.
    private static bool IsWebPage(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types)
        && types.Any(type => type.Split(';', ',')[0].Trim().Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static Verdict Judge(int status) => status switch
    {
        >= 200 and < 300 => Verdict.Acknowledged,
        400 or 413 or 422 => Verdict.Refused,
        408 or 429 or >= 500 => Verdict.Later,
        _ => Verdict.AddressAtFault,
    };

    private static TimeSpan? Wait(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            || response.Headers.RetryAfter is not { } after)
        {
            return null;
        }

        // A date is read against the clock that wrote it, where the answer tells: a hall's own may be wrong.
        var wait = after.Delta ?? after.Date - (response.Headers.Date ?? now) ?? TimeSpan.Zero;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
