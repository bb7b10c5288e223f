namespace Reception.Hall;

/// <summary>The officer calls a chosen ticket that waits, is on hold or did not come.</summary>
public sealed record CallTicket(int Counter, string Officer, Guid Ticket) : OfficerCommand(Counter, Officer)
{
    /// <summary>The reason of a call that an officer chose: it stands outside the turns of the lanes.</summary>
    public const string Chosen = "chosen";

    protected override Decision Decide(HallState hall, Counter counter, DateTimeOffset now)
    {
        if (!hall.Tickets.TryGetValue(Ticket, out var ticket))
        {
            return Decision.Refused(Refusal.UnknownTicket);
        }

        if (Calling.Obstacle(counter) is { } obstacle)
        {
            return Decision.Refused(obstacle);
        }

        return ticket switch
        {
            { State: TicketState.Waiting, Counter: { } bound } when bound != Counter => Decision.Refused(Refusal.NotNow(
                $"Số {ticket.Number} chờ riêng quầy {bound}.", $"{ticket.Number} waits for counter {bound} alone.")),
            { State: TicketState.Waiting, Appointment: { } booked } when booked.At > now => Decision.Refused(Refusal.NotNow(
                $"Số {ticket.Number} hẹn lúc {hall.Setup.TimeOf(booked.At):HH\\:mm}, chưa đến giờ gọi.",
                $"{ticket.Number} is booked for {hall.Setup.TimeOf(booked.At):HH\\:mm}, and that time has not come.")),
            { State: TicketState.Waiting or TicketState.Held or TicketState.NoShow } =>
                Decision.Happened(Change(TicketChange.Called, Calling.Called(ticket, Counter, now), now) with { Reason = Chosen }),
            _ => Decision.Refused(Refusal.NotNow(
                $"Số {ticket.Number} không còn chờ.", $"{ticket.Number} does not wait any more.")),
        };
    }
}
