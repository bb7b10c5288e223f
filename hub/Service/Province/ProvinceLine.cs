using System.Net;
using System.Net.Http.Headers;

namespace Reception.Hub.Province;

/// <summary>Posts a batch to exactly the configured address, with a token where one is asked for.</summary>
internal sealed class ProvinceLine(ProvinceOptions options, Exchange exchange, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue BatchType = new("application/cloudevents-batch+json");

    private readonly AccessToken _token = new(options, exchange, time);

    public async Task<ProvinceAnswer> PostAsync(Batch batch, CancellationToken stopping)
    {
        var answer = await PostOnceAsync(batch, stopping);
        if (answer.Status != (int)HttpStatusCode.Unauthorized || !options.HasToken)
        {
            return answer;
        }

        _token.Forget();
        return await PostOnceAsync(batch, stopping);
    }

    private async Task<ProvinceAnswer> PostOnceAsync(Batch batch, CancellationToken stopping)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.ExactAddress());
        request.Headers.Add("Idempotency-Key", batch.Key);
        request.Content = new ByteArrayContent(batch.Body);
        request.Content.Headers.ContentType = BatchType;
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
