using Reception.Device.Platform;

namespace Reception.VirtualPrinter;

/// <summary>A pseudo-terminal under a symbolic link: a serial line or a USB line printer to whoever opens it.</summary>
internal sealed class PtyLine(string link, Printer printer) : ILine
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private volatile PseudoTerminal? cable;

    public string Name => link;

    public void Plug()
    {
        if (cable is not null)
        {
            return;
        }

        var plugged = cable = new PseudoTerminal();
        // Held open, so that the line lives while no program has it.
        plugged.Hold();
        if (new FileInfo(link).LinkTarget is not null)
        {
            File.Delete(link);
        }

        File.CreateSymbolicLink(link, plugged.Path);
        printer.Attach(bytes => Answer(plugged, bytes));
        new Thread(() => Serve(plugged)) { IsBackground = true }.Start();
    }

    public void Unplug()
    {
        if (cable is not null)
        {
            cable = null;
            printer.Attach(null);
            File.Delete(link);
        }
    }

    public void Dispose() => Unplug();

    private void Serve(PseudoTerminal plugged)
    {
        using (plugged)
        {
            var buffer = new byte[1024];
            while (ReferenceEquals(plugged, cable))
            {
                if (plugged.Read(buffer, Beat) is > 0 and var count && ReferenceEquals(plugged, cable))
                {
                    printer.ReceiveAsync(buffer.AsMemory(0, count)).GetAwaiter().GetResult();
                }
            }
        }
    }

    // What the other end does not take is lost, as on a wire without flow control.
    private static void Answer(PseudoTerminal plugged, byte[] answer) => _ = plugged.Write(answer, TimeSpan.Zero);
}
