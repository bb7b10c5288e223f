namespace Reception.Hall;

/// <summary>The written codes of what the hall knows.</summary>
public static class Codes
{
    private static readonly string[] TicketStates = ["waiting", "called", "serving", "held", "served", "no-show", "cancelled", "expired"];
    private static readonly string[] Lanes = ["normal", "priority"];
    private static readonly string[] PrintStates = ["none", "pending", "printed", "failed", "unknown"];
    private static readonly string[] Outcomes = ["received", "supplement", "refused", "returned"];
    private static readonly string[] CounterOrders = ["longest-wait", "preference"];
    private static readonly string[] CounterStatuses = ["closed", "open", "paused"];
    private static readonly string[] ClosedReasons = ["outside-hours", "day-off", "last-ticket", "quota", "no-counter"];
    private static readonly string[] RatingKinds = ["rating.recorded", "rating.changed", "rating.reasoned"];

    private static readonly string[] TicketKinds =
    [
        "ticket.issued", "ticket.called", "ticket.recalled", "ticket.started", "ticket.held", "ticket.transferred", "ticket.served",
        "ticket.no-show", "ticket.undone", "ticket.cancelled", "ticket.expired", "ticket.printed",
    ];

    public static string Code(this TicketState state) => TicketStates[(int)state];

    public static string Code(this Lane lane) => Lanes[(int)lane];

    public static string Code(this PrintState state) => PrintStates[(int)state];

    public static string Code(this Outcome outcome) => Outcomes[(int)outcome];

    public static string Code(this CounterStatus status) => CounterStatuses[(int)status];

    public static string Code(this CounterOrder order) => CounterOrders[(int)order];

    public static string Code(this ClosedReason reason) => ClosedReasons[(int)reason];

    public static string Kind(TicketChange change) => TicketKinds[(int)change];

    public static string Kind(RatingChange change) => RatingKinds[(int)change];

    public static TicketState? TicketState(string? code) => (TicketState?)Find(TicketStates, code);

    public static Lane? Lane(string? code) => (Lane?)Find(Lanes, code);

    public static PrintState? PrintState(string? code) => (PrintState?)Find(PrintStates, code);

    public static Outcome? Outcome(string? code) => (Outcome?)Find(Outcomes, code);

    public static CounterOrder? CounterOrder(string? code) => (CounterOrder?)Find(CounterOrders, code);

    public static TicketChange? TicketChange(string? kind) => (TicketChange?)Find(TicketKinds, kind);

    public static RatingChange? RatingChange(string? kind) => (RatingChange?)Find(RatingKinds, kind);

    private static int? Find(string[] codes, string? code) => Array.IndexOf(codes, code) is >= 0 and var index ? index : null;
}
