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

        if (!IsPossible(hall, counter, now) || counter.LastEnding is not { } last)
        {
            return Decision.Refused(Refusal.NotNow(
                "Không có lượt nào vừa kết thúc trong một phút để hoàn tác.", "Nothing was ended here within the last minute."));
        }

        var undone = Change(TicketChange.Undone, last.Before with { Printed = hall.Tickets[last.Before.Id].Printed }, now);
        // A paused counter has nobody in hand: it opens again for the one who comes back.
        return counter.Paused ? Decision.Happened(new CounterPaused(now, Paused: false, Counter, Officer), undone) : Decision.Happened(undone);
    }

    /// <summary>
    /// Whether the officer at a counter ended something there within a minute that nobody has done anything with since: the ticket is served or a
    /// no-show there, or waits with its next errand.
    /// </summary>
    public static bool IsPossible(HallState hall, Counter counter, DateTimeOffset now) =>
        counter is { InHand: null, LastEnding: { } last } && last.Officer == counter.Officer && now - last.At <= HallState.UndoWindow
        && hall.Tickets[last.Before.Id] is var ticket && ticket.State switch
        {
            TicketState.Served or TicketState.NoShow => ticket.Counter == counter.Number,
            TicketState.Waiting => ticket.QueuedAt == last.At,
            _ => false,
        };
}
