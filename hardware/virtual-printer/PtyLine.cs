using Reception.Device.Platform;

namespace Reception.VirtualPrinter;

/// <summary>A pseudo-terminal under a symbolic link: a serial line or a USB line printer to whoever opens it.</summary>
internal sealed class PtyLine(string link, Printer printer) : ILine
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private CancellationTokenSource? cable;

    public string Name => link;

    public void Plug()
    {
        if (cable is not null)
        {
            return;
        }

        cable = new CancellationTokenSource();
        var plugged = cable.Token;
        var terminal = new PseudoTerminal();
        // Held open, so that the line lives while no program has it.
        terminal.Hold();
        if (new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        File.CreateSymbolicLink(link, terminal.Path);
        printer.Attach(bytes => Answer(terminal, bytes));
        new Thread(() => Serve(terminal, plugged)) { IsBackground = true }.Start();
    }

    public void Unplug()
    {
        if (cable is { } pulled)
        {
            printer.Attach(null);
            File.Delete(link);
            cable = null;
            // Last: who sees the line end may plug the cable in.
            pulled.Cancel();
        }
    }

    public void Dispose() => Unplug();

    private void Serve(PseudoTerminal terminal, CancellationToken plugged)
    {
        using (terminal)
        {
            var buffer = new byte[1024];
            while (!plugged.IsCancellationRequested)
            {
                var count = terminal.Read(buffer, Beat);
                printer.ReceiveAsync(buffer.AsMemory(0, count), plugged).GetAwaiter().GetResult();
            }
        }
    }

    // What the other end does not take is lost, as on a wire without flow control.
    private static void Answer(PseudoTerminal terminal, byte[] answer) => _ = terminal.Write(answer, TimeSpan.Zero);
}
