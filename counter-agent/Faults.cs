using Microsoft.Extensions.Logging;
using Reception.Device.Reporting;
using Reception.Protocol;

namespace Reception.CounterAgent;

/// <summary>Tells the hub what is wrong at the counter, in words for its people.</summary>
internal sealed class Faults(FactOutbox outbox, ILogger<Faults> log)
{
    public void Tell(string code, string message)
    {
        try
        {
            outbox.Keep(ReportTypes.DeviceFault, new DeviceFault(code, message));
        }
        catch (FactNotKeptException fault)
        {
            log.LogError(AgentEvents.FaultNotKept, fault, "The fault {Code} could not be told to the hub", code);
        }
    }
}
