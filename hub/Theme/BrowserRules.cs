using System.Net;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Reception.Theme;

/// <summary>
/// What every web server of the product holds browsers to: a page of another origin can neither send what changes something nor show this
/// program's pages in a frame, and a name that leads here by a foreign DNS entry is not served.
/// </summary>
public static class BrowserRules
{
    /// <summary>The largest body of a request, in bytes, where a route does not allow more.</summary>
    public const int LargestBody = 64 * 1024;

    // The pages load nothing from elsewhere. Styles in attributes are the width of a bar, the place of a mark.
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Problem ForeignHost = new(
        StatusCodes.Status403Forbidden, "not-allowed",
        "The Host of the request is not a name of this program. Use the machine's IP address or name, or set it as publicAddress.",
        "Địa chỉ này không phải của hệ thống. Hãy dùng địa chỉ IP hoặc tên của máy, hoặc đặt nó làm publicAddress.");

    private static readonly Problem ForeignOrigin = new(
        StatusCodes.Status403Forbidden, "not-allowed",
        "The request comes from a page of another origin and is rejected.", "Yêu cầu đến từ một trang web khác nên bị từ chối.");

    private static readonly Problem TooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.", "Yêu cầu quá lớn.");

    private static readonly Problem Malformed = new(
        StatusCodes.Status400BadRequest, "malformed", "The body of the request can't be read.", "Không đọc được nội dung yêu cầu.");

    /// <summary>Applies the rules to every request, before anything else sees it.</summary>
    /// <param name="app">The program.</param>
    /// <param name="addresses">The addresses under which the program is known, such as <c>https://hall.example.vn</c>; IP addresses and the machine's own names are always known.</param>
    public static WebApplication UseBrowserRules(this WebApplication app, params IEnumerable<Uri> addresses)
    {
        ArgumentNullException.ThrowIfNull(app);
        var known = addresses.ToList();
        var hosts = HostsOf(known);
        var origins = new HashSet<string>(known.Select(address => address.GetLeftPart(UriPartial.Authority)), StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) => HandleAsync(context, next, hosts, origins));
        return app;
    }

    /// <summary>The names under which a program is known: the hosts of its addresses, and the machine's own names.</summary>
    public static HashSet<string> HostsOf(IEnumerable<Uri> addresses) =>
        new([.. addresses.Select(address => address.Host), "localhost", Environment.MachineName, $"{Environment.MachineName}.local"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A group of routes whose responses no browser or proxy stores, where a route does not say otherwise.</summary>
    public static RouteGroupBuilder MapNotStored(this IEndpointRouteBuilder routes, string prefix = "")
    {
        var group = routes.MapGroup(prefix);
        group.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        return group;
    }

    /// <summary>Lets this page's script ask whether other programs of the product answer.</summary>
    /// <param name="context">The page's request.</param>
    /// <param name="programs">Their addresses.</param>
    public static void AllowQuestionsTo(this HttpContext context, params IEnumerable<string?> programs)
    {
        ArgumentNullException.ThrowIfNull(context);
        var origins = programs.Where(program => program is not null).Select(program => new Uri(program!).GetLeftPart(UriPartial.Authority));
        context.Response.Headers.ContentSecurityPolicy = $"{Policy}; connect-src 'self' {string.Join(' ', origins)}";
    }

    private static Task HandleAsync(HttpContext context, RequestDelegate next, HashSet<string> hosts, HashSet<string> origins)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // The address of a citizen's page is a secret: it is not handed on. A form of this program still says where it comes from.
        headers["Referrer-Policy"] = "same-origin";
        return !IsKnown(request.Host, hosts) ? ForeignHost.WriteAsync(context)
            : !IsSafe(request.Method) && IsForeign(request, origins) ? ForeignOrigin.WriteAsync(context)
            : !Fits(context) ? TooLarge.WriteAsync(context)
            : ReadableAsync(context, next);
    }

    // A body of a stated length is refused before it is read; the server still takes it in and drops it, so that the sender hears why.
    private static bool Fits(HttpContext context)
    {
        var largest = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? LargestBody;
        if (context.Request.ContentLength is { } length)
        {
            return length <= largest;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largest;
        }

        return true;
    }

    // A foreign name can be made to lead here, an IP address can't: behind one there is always this machine.
    private static bool IsKnown(HostString host, HashSet<string> hosts) =>
        !host.HasValue || hosts.Contains(host.Host) || IPAddress.TryParse(host.Host, out _);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    // Programs send neither header; a browser sends at least one of them with whatever changes something.
    private static bool IsForeign(HttpRequest request, HashSet<string> origins)
    {
        var origin = request.Headers.Origin;
        return request.Headers["Sec-Fetch-Site"] is not ([] or ["same-origin" or "none"])
            || (origin.Count > 0 && !IsOwn(origin.ToString(), request, origins));
    }

    private static bool IsOwn(string origin, HttpRequest request, HashSet<string> origins) =>
        origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) || origins.Contains(origin);

    // A body that is too large, ends early or is not what it says is the sender's fault, and no error of this program.
    private static async Task ReadableAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await (exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : Malformed).WriteAsync(context);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException && context.Request.HasFormContentType && !context.Response.HasStarted)
        {
            await Malformed.WriteAsync(context);
        }
    }

    /// <summary>An RFC 9457 problem document: the title in English, the detail in Vietnamese.</summary>
    private sealed record Problem(int Status, string Code, string Title, string Detail)
    {
        public async Task WriteAsync(HttpContext context)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentType = MediaTypeNames.Application.ProblemJson;
            context.Response.Headers.CacheControl = "no-store";
            var body = new { Type = "about:blank", Title, Status, Detail, Code };
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, Json), context.RequestAborted);
        }
    }
}
