using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Protocol;

namespace Reception.CounterAgent.Printer;

/// <summary>A counter without a printer: a slip that the hub orders here all the same is reported as failed.</summary>
internal sealed class MissingPrinter(FactOutbox outbox, ILogger<MissingPrinter> log)
{
    public void CarryOut(Command command)
    {
        if (command.Type != CommandTypes.TicketPrint || TicketPrint.Read(command.Data) is not { } wanted)
        {
            return;
        }

        try
        {
            outbox.Keep(ReportTypes.TicketPrinted, new TicketPrinted(wanted.Ticket.Id, "failed")
            {
                Error = "This counter agent has no printer.",
                Copy = wanted.Copy ? true : null,
            });
        }
        catch (FactNotKeptException exception)
        {
            log.LogError(
                AgentEvents.PrintNotKept,
                exception,
                "That a slip is not printed can't be written down: free some space on this machine's disk");
        }
    }
}
