using Microsoft.Extensions.Logging;

namespace Reception.Simulator;

/// <summary>Event ids of the simulator's log lines.</summary>
internal static class SimulatorEvents
{
    public static readonly EventId TicketRefused = new(3001, "TicketRefused");
    public static readonly EventId TicketGivenUp = new(3002, "TicketGivenUp");
    public static readonly EventId SignedIn = new(3003, "SignedIn");
    public static readonly EventId SteppedBack = new(3004, "SteppedBack");
    public static readonly EventId PressFailed = new(3006, "PressFailed");
    public static readonly EventId HubUnreached = new(3005, "HubUnreached");
}
