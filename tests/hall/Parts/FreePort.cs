using System.Net;
using System.Net.Sockets;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A loopback port that nobody listens on and nobody else is told of: below those that the kernel gives to outgoing connections, each once in turn.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Count = 15_000;

    // Not the same ones as in a run a moment ago, or in another beside this one.
    private static int turn = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref turn) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}
