namespace Reception.Hall;

/// <summary>The officer takes back their own last finish or no-show at the counter, within a minute.</summary>
public sealed record UndoEnding(int Counter, string Officer) : OfficerCommand(Counter, Officer)
{
    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now)
    {
        if (counter.InHand is not null)
        {
            return Decision.Refused(Refusal.TicketInHand);
        }

        return counter.LastEnding is { } last && last.Officer == Officer && now - last.At <= HallState.UndoWindow
            && hall.Tickets[last.Before.Id] is var ticket && IsAsLeft(ticket, last)
            ? Tell(Change(TicketChange.Undone, last.Before with { Printed = ticket.Printed }, now))
            : Decision.Refused(Refusal.NotNow(
                "Không có lượt nào vừa kết thúc trong một phút để hoàn tác.", "Nothing was ended here within the last minute."));
    }

    /// <summary>Nobody has done anything with the ticket since: it is served or a no-show here, or waits with its next errand.</summary>
    private bool IsAsLeft(Ticket ticket, Ending last) => ticket.State switch
    {
        TicketState.Served or TicketState.NoShow => ticket.Counter == Counter,
        TicketState.Waiting => ticket.QueuedAt == last.At,
        _ => false,
    };
}
