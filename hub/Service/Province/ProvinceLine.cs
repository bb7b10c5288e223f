using System.Net;
using System.Net.Http.Headers;
using Reception.Hub.Options;

namespace Reception.Hub.Province;

/// <summary>Posts to exactly the configured address, with a token where one is configured.</summary>
internal sealed class ProvinceLine(ProvinceOptions options, Exchange exchange, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue BatchType = new("application/cloudevents-batch+json");
    private static readonly MediaTypeHeaderValue HeartbeatType = new("application/json");

    private readonly AccessToken _token = new(options, exchange, time);

    /// <summary>Posts a batch; a 401 fetches a new token, once.</summary>
    public async Task<ProvinceAnswer> PostAsync(Batch batch, CancellationToken stopping)
    {
        var answer = await PostOnceAsync(batch.Body, BatchType, batch.Key, stopping);
        if (!IsForToken(answer))
        {
            return answer;
        }

        _token.Forget();
        return await PostOnceAsync(batch.Body, BatchType, batch.Key, stopping);
    }

    /// <summary>Posts a heartbeat, once; after a 401 the next one fetches a new token.</summary>
    public async Task<ProvinceAnswer> PostHeartbeatAsync(byte[] heartbeat, CancellationToken stopping)
    {
        var answer = await PostOnceAsync(heartbeat, HeartbeatType, key: null, stopping);
        if (IsForToken(answer))
        {
            _token.Forget();
        }

        return answer;
    }

    private bool IsForToken(ProvinceAnswer answer) => answer.Status == (int)HttpStatusCode.Unauthorized && options.HasToken;

    private async Task<ProvinceAnswer> PostOnceAsync(byte[] body, MediaTypeHeaderValue type, string? key, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.ExactAddress()) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type;
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (options.HasToken)
        {
            var (header, failure) = await _token.GetAsync(stopping);
            if (failure is not null)
            {
                return failure;
            }

            request.Headers.Authorization = header;
        }

        var answer = await exchange.SendAsync(request, stopping);
        return answer with { Words = "the province " + answer.Words };
    }
}
