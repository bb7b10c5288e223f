using System.Net.Sockets;
using System.Text;

namespace Reception.Hub.Province;

/// <summary>One request and its answer, within the limits of section 5: 10 s to connect, 30 s in all, 64 KiB of answer.</summary>
internal sealed class Exchange : IDisposable
{
    private const int MostAnswerBytes = 64 * 1024;

    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan InAll = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public Exchange(TimeProvider time)
        : this(time, ToConnect)
    {
    }

    public Exchange(TimeProvider time, TimeSpan toConnect)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = toConnect,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = 64,
            // What lies beyond the 64 KiB is not read away either: such a connection is closed.
            MaxResponseDrainSize = 0,
            // A connection that lives for months never sees that the province has moved.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>The answer; one that never came in time is an answer too. Throws only where the hub itself stops.</summary>
    public async Task<ProvinceAnswer> SendAsync(HttpRequestMessage request, CancellationToken stopping)
    {
        using var inAll = new CancellationTokenSource(InAll, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inAll.Token, stopping);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return ProvinceAnswer.Of(response, await ReadAsync(response, either.Token), _time.GetUtcNow());
        }
        catch (HttpRequestException lost)
        {
            return ProvinceAnswer.None("could not be reached: " + lost.HttpRequestError);
        }
        catch (SocketException)
        {
            // The connection was reset in the moment that it was made: HttpClient does not tell that as a failed request.
            return ProvinceAnswer.None("could not be reached: " + HttpRequestError.ConnectionError);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return ProvinceAnswer.None(inAll.IsCancellationRequested ? "did not answer within 30 s" : "could not be reached: ConnectTimeout");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken over)
    {
        var buffer = new byte[MostAnswerBytes];
        var length = 0;
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(over);
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), over)) > 0)
            {
                length += read;
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has come, and it decides; what there is of the body only explains it.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
