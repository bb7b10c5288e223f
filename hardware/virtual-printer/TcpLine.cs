using System.Net;
using System.Net.Sockets;

namespace Reception.VirtualPrinter;

/// <summary>A network card: one connection at a time, as printers have it.</summary>
internal sealed class TcpLine(IPEndPoint address, Printer printer) : ILine
{
    private TcpListener? listener;
    private Socket? connection;

    public string Name => $"tcp://{address}";

    public void Plug()
    {
        if (listener is null)
        {
            listener = new TcpListener(address);
            listener.Start();
            _ = Task.Run(() => AcceptAsync(listener));
        }
    }

    public void Unplug()
    {
        listener?.Stop();
        listener = null;
        connection?.Dispose();
    }

    public void Dispose() => Unplug();

    private async Task AcceptAsync(TcpListener mine)
    {
        try
        {
            while (true)
            {
                using var socket = await mine.AcceptSocketAsync();
                connection = socket;
                await ServeAsync(socket);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException && listener != mine)
        {
            // Unplugged.
            return;
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        printer.Attach(bytes => Answer(socket, bytes));
        var buffer = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                await printer.ReceiveAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            await Console.Error.WriteLineAsync($"The connection ended: {failure.Message}");
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
