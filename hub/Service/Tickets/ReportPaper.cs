using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Tickets;

/// <summary>A device tells what came of a ticket's paper.</summary>
internal sealed record ReportPaper(string Device, Guid Ticket, PrintState Outcome, bool Copy) : JournalCommand
{
    public override Decision Decide(WorkingHall working)
    {
        if (Find(working) is not { } ticket)
        {
            return Decision.Refused(Refusal.UnknownTicket);
        }

        if (!Copy && ticket.Issuer != Device)
        {
            return Decision.Refused(Refusal.NotAllowed);
        }

        CopyOrders.Settle(working, Device, Ticket, Outcome, Copy);

        // A copy that failed leaves the first paper what it was; one that came out is a paper in the citizen's hand.
        var printed = Copy && Outcome != PrintState.Printed ? ticket.Printed : Outcome;
        return Decision.Happened(
            new Reply.Done(),
            new TicketChanged(working.Now, TicketChange.Printed, ticket with { Printed = printed }) { Reason = Copy ? "copy" : null });
    }

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status200OK, "{}"u8.ToArray());

    /// <summary>Today's ticket, or one of a day gone by: a fact may come late.</summary>
    private Ticket? Find(WorkingHall working) =>
        working.Hall.Tickets.TryGetValue(Ticket, out var today)
            ? today
            : working.Connection.ExecuteScalar<string?>(
                "SELECT body FROM ticket WHERE id = @id", new { id = Ticket.ToByteArray(bigEndian: true) }, working.Transaction) is { } body
                ? EventBodies.ReadOneTicket(body)
                : null;
}
