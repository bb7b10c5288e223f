using System.Net.Sockets;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Reception.Hall.Tests.Parts;

/// <summary>Somebody who calls the hub over HTTP: nobody, a device with its secret, or a person with a session cookie.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(int port, string? bearer = null)
    {
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        if (bearer is not null)
        {
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {bearer}");
        }
    }

    /// <summary>The session cookie as the browser would send it, or null.</summary>
    public string? Cookie { get; private set; }

    /// <summary>The cookie by which the hub knows the browser of an officer who has signed in there before, or null.</summary>
    public string? BrowserCookie { get; set; }

    public async Task<ApiAnswer> SignInAsync(string officer, int? counter, string pin = HallPlan.Pin)
    {
        var answer = await PostAsync("/api/v1/session", new { officer, pin, counter });
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            (Cookie, BrowserCookie) = cookies.Select(cookie => cookie.Split(';')[0]).ToList() is [var session, var browser]
                ? (session, browser)
                : throw new InvalidOperationException("A sign-in sets two cookies.");
        }

        return answer;
    }

    /// <summary>Keeps the cookie that an answer set, as a phone does.</summary>
    public ApiAnswer Keep(ApiAnswer answer)
    {
        Cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return answer;
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    /// <summary>Asks as somebody on another machine does, through a proxy on the hub's.</summary>
    public Task<ApiAnswer> GetFromElsewhereAsync(string path) => SendAsync(HttpMethod.Get, path, null, null, isForwarded: true);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, null);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : Json(body as byte[] ?? JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)), key);

    /// <summary>Sends a form, as a page without scripts does.</summary>
    public Task<ApiAnswer> SubmitAsync(string path, IReadOnlyDictionary<string, string> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields), null);

    /// <summary>A command at a counter.</summary>
    public Task<ApiAnswer> AtAsync(int counter, string verb, object? body = null, string? key = null) =>
        PostAsync($"/api/v1/counters/{counter}/{verb}", body, key);

    /// <summary>Opens the stream of the hall's events.</summary>
    public async Task<ServerEvents> ListenAsync(string? lastEventId = null)
    {
        var request = Request(HttpMethod.Get, "/api/v1/hall/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new ServerEvents(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Whether a hub answers there that it is ready.</summary>
    public static async Task<bool> IsReadyAsync(int port)
    {
        using var asking = new ApiClient(port);
        try
        {
            return (await asking.GetAsync("/readyz")).Status == 200;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // Nobody listens yet, or the hub has only looked whether the port is free; the caller's deadline decides.
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if ((Cookie ?? BrowserCookie) is not null)
        {
            request.Headers.Add("Cookie", string.Join("; ", new[] { Cookie, BrowserCookie }.Where(cookie => cookie is not null)));
        }

        return request;
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { { "Content-Type", "application/json" } } };

    private async Task<ApiAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, string? key, bool isForwarded = false)
    {
        using var request = Request(method, path);
        request.Content = content;
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (isForwarded)
        {
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer((int)response.StatusCode, bytes, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }
}

/// <summary>What the hub answered over HTTP.</summary>
internal sealed record ApiAnswer(int Status, byte[] Bytes, System.Net.Http.Headers.HttpResponseHeaders Headers, string? ContentType)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Bytes);

    /// <summary>The status, and of a problem document its code: <c>409 not-allowed-now</c>.</summary>
    public string Brief => ContentType == "application/problem+json" ? $"{Status} {Json.GetProperty("code").GetString()}" : $"{Status}";

    /// <summary>The body, where the call went well.</summary>
    public JsonElement Ok(int status = 200)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return Bytes.Length == 0 ? default : Json;
    }
}
