using System.Net;
using System.Net.Sockets;

namespace Reception.Hall.Tests.Parts;

/// <summary>
/// A loopback port that nobody listens on and nobody else is told of: below those that the kernel gives to outgoing connections, each once in
/// turn. A run of tests has a block of ports to itself, whatever runs beside it.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Blocks = 10;
    private const int BlockSize = 1500;

    private static readonly (int First, FileStream Claim) Block = Claim();

    private static int turn = -1;

    public static int Next()
    {
        while (true)
        {
            var port = Block.First + (int)((uint)Interlocked.Increment(ref turn) % BlockSize);
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

    private static (int First, FileStream Claim) Claim()
    {
        // Not the same ones as in a run a moment ago.
        var start = Random.Shared.Next(Blocks);
        foreach (var block in Enumerable.Range(0, Blocks).Select(place => (start + place) % Blocks))
        {
            try
            {
                var path = Path.Combine(Path.GetTempPath(), $"reception-test-ports-{block}.lock");
                return (First + (block * BlockSize), new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Another run has this block.
            }
        }

        throw new InvalidOperationException($"{Blocks} runs of tests have every block of ports.");
    }
}
