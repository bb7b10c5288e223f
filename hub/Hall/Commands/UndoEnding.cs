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
            && hall.Tickets[last.Before.Id] is { State: TicketState.Served or TicketState.NoShow } ticket && ticket.Counter == Counter
            ? Tell(Change(TicketChange.Undone, last.Before with { Printed = ticket.Printed }, now))
            : Decision.Refused(Refusal.NotNow(
                "Không có lượt nào vừa kết thúc trong một phút để hoàn tác.", "Nothing was ended here within the last minute."));
    }
}
