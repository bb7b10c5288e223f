using System.Net;
using System.Net.Sockets;

namespace Reception.Unit.Tests;

/// <summary>
/// Takes each connection and resets it at once, as a program does that only looks whether its port is free, or is killed. About one request in
/// thirty then fails before <see cref="HttpClient"/> looks at its connection, with an exception of another kind than the rest.
/// </summary>
internal sealed class ResettingListener : IAsyncDisposable
{
    /// <summary>So many requests that both kinds come.</summary>
    public const int Enough = 400;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _resetting;

    public ResettingListener()
    {
        _listener.Start();
        _resetting = ResetAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _resetting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ResetAsync()
    {
        while (true)
        {
            using var taken = await _listener.AcceptSocketAsync().ConfigureAwait(false);
            taken.Close(timeout: 0);
        }
    }
}
