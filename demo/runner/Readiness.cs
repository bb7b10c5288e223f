using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Reception.Runner;

/// <summary>How a program shows that it is ready.</summary>
internal static class Readiness
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>It answers a request, and does not say of itself that it is not ready.</summary>
    public static Func<Child, CancellationToken, Task<string?>> Answers(int port, string path)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}{path}"));
        return async (_, cancellationToken) =>
        {
            try
            {
                using var response = await Http.GetAsync(address, cancellationToken);
                return response.StatusCode < HttpStatusCode.BadRequest
                    ? null
                    : Reason(await response.Content.ReadAsByteArrayAsync(cancellationToken))
                        ?? $"{address} answers {(int)response.StatusCode}";
            }
            catch (Exception exception) when (exception is HttpRequestException or SocketException or OperationCanceledException)
            {
                return $"{address} does not answer";
            }
        };
    }

    /// <summary>It says so.</summary>
    public static Func<Child, CancellationToken, Task<string?>> Says(string words) => (child, _) =>
        Task.FromResult(child.Words.Has(words) ? null : $"it has not said “{words}”");

    /// <summary>It has no sign; what lives this long has begun.</summary>
    public static Func<Child, CancellationToken, Task<string?>> Lives(TimeSpan time, TimeProvider timeProvider) => (child, _) =>
        Task.FromResult(timeProvider.GetElapsedTime(child.StartedAt) >= time ? null : "it has just begun");

    /// <summary>The failed checks of the hub's <c>/readyz</c>; null where it is another page.</summary>
    private static string? Reason(byte[] page)
    {
        try
        {
            using var checks = JsonDocument.Parse(page);
            return string.Join("; ", checks.RootElement.EnumerateArray()
                .Where(check => !check.GetProperty("ok").GetBoolean())
                .Select(check => $"{check.GetProperty("name").GetString()}: {check.GetProperty("detail").GetString()}"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
