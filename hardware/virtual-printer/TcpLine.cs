using System.Net;
using System.Net.Sockets;

namespace Reception.VirtualPrinter;

/// <summary>A network card: one connection at a time, as printers have it.</summary>
internal sealed class TcpLine(IPEndPoint address, Printer printer) : ILine
{
    private CancellationTokenSource? cable;
    private TcpListener? listener;
    private Task serving = Task.CompletedTask;

    public string Name => $"tcp://{address}";

    public void Plug()
    {
        if (cable is not null)
        {
            return;
        }

        cable = new CancellationTokenSource();
        var (plugged, before) = (cable.Token, serving);
        var port = listener = new TcpListener(address);
        port.Start();
        serving = Task.Run(() => AcceptAsync(port, before, plugged));
    }

    public void Unplug()
    {
        var pulled = cable;
        listener?.Stop();
        cable = null;
        // Last: who sees the connection end may plug the cable in.
        pulled?.Cancel();
    }

    public void Dispose() => Unplug();

    // The printer has the answers of one connection: what the cable before carried is over first.
    private async Task AcceptAsync(TcpListener port, Task before, CancellationToken plugged)
    {
        await before;
        while (!plugged.IsCancellationRequested)
        {
            try
            {
                using var connection = await port.AcceptSocketAsync(plugged);
                await ServeAsync(connection, plugged);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException || plugged.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"The connection ended: {failure.Message}");
            }
        }
    }

    private async Task ServeAsync(Socket connection, CancellationToken plugged)
    {
        printer.Attach(bytes => Answer(connection, bytes));
        try
        {
            var buffer = new byte[1024];
            while (await connection.ReceiveAsync(buffer, plugged) is > 0 and var count)
            {
                await printer.ReceiveAsync(buffer.AsMemory(0, count), plugged);
            }
        }
        finally
        {
            printer.Attach(null);
        }
    }

    private static void Answer(Socket socket, byte[] bytes)
    {
        try
        {
            socket.Send(bytes);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            Console.Error.WriteLine($"Nobody took an answer: {failure.Message}");
        }
    }
}
