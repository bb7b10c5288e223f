using Reception.Device.Paper;
using Reception.Device.Session;
using Reception.Protocol;

namespace Reception.Kiosk.Tickets;

/// <summary>Carries out the hub's commands: a copy, and making this kiosk seen.</summary>
internal sealed class Commands(DeviceSession session, CopyPrinter copies, Identified identified, ILogger<Commands> log)
{
    public void Listen() => session.Commanded += command =>
    {
        switch (command.Type)
        {
            case CommandTypes.TicketPrint:
                copies.CarryOut(command);
                break;
            case CommandTypes.Identify:
                identified.Show(command);
                break;
            default:
                log.LogWarning(KioskEvents.BadCommand, "Command {Command} is of type {Type}, which is none of a kiosk's.", command.Id, command.Type);
                break;
        }
    };
}
