using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Reception.Hall.Tests.Safety;

/// <summary>A connection on which a test writes what no client would.</summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<RawHttp> ConnectAsync(int port)
    {
        var connection = new RawHttp();
        await connection._client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return connection;
    }

    public ValueTask SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>What comes first.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await _client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
