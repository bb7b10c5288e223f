using Reception.Device.Paper;
using Reception.Kiosk.Tickets;

namespace Reception.Kiosk.Startup;

/// <summary>Carries out what the hub commands, and shows on the screen what the printer says.</summary>
internal sealed class FollowHub(Commands commands, PrinterWatch printer, ScreenSignal screens) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        commands.Listen();
        printer.Changed += screens.Raise;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
