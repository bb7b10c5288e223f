using System.Net;
using System.Net.Sockets;
using System.Text;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>A request as no client of the product would send it: any header, any body, from any address of this machine.</summary>
internal static class SentRequest
{
    /// <summary>Sends it on a connection of its own.</summary>
    /// <param name="address">Where to, such as <c>http://127.0.0.1:8080/press</c>.</param>
    /// <param name="headers">Lines such as <c>Origin: http://evil.example</c>.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="from">The address that it comes from, or null.</param>
    /// <param name="method">The method.</param>
    public static async Task<ApiAnswer> SendAsync(string address, IEnumerable<string> headers, string? body = null, IPAddress? from = null, string method = "POST")
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Content = body is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var header in headers)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            Assert.True(name.StartsWith("Content-", StringComparison.Ordinal)
                ? request.Content!.Headers.TryAddWithoutValidation(name, value)
                : request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer((int)response.StatusCode, bytes, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }
}
