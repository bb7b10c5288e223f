using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Reception.Hub.Options;

namespace Reception.Hub.Province;

/// <summary>The OAuth 2.0 client-credentials token (RFC 6749, 4.4): kept in memory, fetched again before it ends.</summary>
internal sealed class AccessToken(ProvinceOptions options, Exchange exchange, TimeProvider time)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(60);

    private AuthenticationHeaderValue? _header;
    private long _fetched;
    private TimeSpan? _usable;

    /// <summary>The header for the next request, or why there is none.</summary>
    public async Task<(AuthenticationHeaderValue? Header, ProvinceAnswer? Failure)> GetAsync(CancellationToken stopping)
    {
        if (_header is not null && (_usable is null || time.GetElapsedTime(_fetched) < _usable))
        {
            return (_header, null);
        }

        Forget();
        using var request = new HttpRequestMessage(HttpMethod.Post, options.ExactTokenAddress())
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"),
                new("client_id", options.ClientId),
                new("client_secret", options.ReadClientSecret()),
            ]),
        };
        request.Headers.Accept.ParseAdd("application/json");
        var answer = await exchange.SendAsync(request, stopping);
        if (answer.Verdict != Verdict.Acknowledged)
        {
            // A refusal here is of the client, not of the events: nothing is parked for it.
            var verdict = answer.Verdict == Verdict.Refused ? Verdict.AddressAtFault : answer.Verdict;
            return (null, answer with { Verdict = verdict, Status = 0, Words = "the token address " + answer.Words });
        }

        if (Read(answer.Text) is not { } token)
        {
            return (null, new ProvinceAnswer(Verdict.AddressAtFault, 0, "the token address answered no bearer token"));
        }

        _fetched = time.GetTimestamp();
        _usable = token.Life is { } life ? life - Shorter(life / 10, LongestMargin) : null;
        _header = new AuthenticationHeaderValue("Bearer", token.Value);
        return (_header, null);
    }

    public void Forget() => _header = null;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static (string Value, TimeSpan? Life)? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("access_token", out var value)
                || value.GetString() is not { Length: > 0 } token
                || !token.All(c => c is > ' ' and < '\x7f')
                || (json.RootElement.TryGetProperty("token_type", out var type)
                    && !"bearer".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            // Some servers write the seconds as a string.
            return (token, json.RootElement.TryGetProperty("expires_in", out var expires)
                && double.TryParse(expires.ToString(), CultureInfo.InvariantCulture, out var seconds)
                && seconds is > 0 and < int.MaxValue
                ? TimeSpan.FromSeconds(seconds)
                : null);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // No token is all there is to know; the caller raises it as an alarm.
            return null;
        }
    }
}
