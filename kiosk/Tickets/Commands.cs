using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>Carries out the hub's commands: a reprint, and making this kiosk seen.</summary>
internal sealed class Commands(DeviceSession session, PrintCopy print, Identified identified, IHostApplicationLifetime life, ILogger<Commands> log)
{
    public void Listen() => session.Commanded += command =>
    {
        switch (command.Type)
        {
            case CommandTypes.TicketPrint:
                _ = Task.Run(() => PrintAsync(command));
                break;
            case CommandTypes.Identify:
                identified.Show(command);
                break;
            default:
                log.LogWarning(KioskEvents.BadCommand, "Command {Command} is of type {Type}, which is none of a kiosk's.", command.Id, command.Type);
                break;
        }
    };

    private async Task PrintAsync(Command command)
    {
        try
        {
            await print.RunAsync(command, life.ApplicationStopping);
        }
        catch (OperationCanceledException) when (life.ApplicationStopping.IsCancellationRequested)
        {
            log.LogInformation(KioskEvents.Stopped, "Stopped with command {Command} on the way.", command.Id);
        }
        catch (Exception failure)
        {
            log.LogError(KioskEvents.CommandFailed, failure, "Command {Command} failed.", command.Id);
        }
    }
}
