using Microsoft.Extensions.Logging;

namespace Reception.CounterAgent;

/// <summary>Event ids of the counter agent's log lines.</summary>
internal static class AgentEvents
{
    public static readonly EventId BoxMet = new(2301, "BoxMet");
    public static readonly EventId BoxForgot = new(2302, "BoxForgot");
    public static readonly EventId SameName = new(2303, "SameName");
    public static readonly EventId PressNotKept = new(2304, "PressNotKept");
    public static readonly EventId ButtonStuck = new(2306, "ButtonStuck");
    public static readonly EventId KeyRefused = new(2307, "KeyRefused");
    public static readonly EventId FaultNotKept = new(2308, "FaultNotKept");
    public static readonly EventId CommandUnread = new(2309, "CommandUnread");
    public static readonly EventId PrintNotKept = new(2310, "PrintNotKept");
}
