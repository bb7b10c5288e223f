using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;

namespace Reception.Hub.Tickets;

/// <summary>A device reports what became of a ticket's paper.</summary>
internal sealed record ReportPaper(string Device, Guid Ticket, PrintState Outcome, bool Copy) : JournalCommand<Done>
{
    /// <summary>The kind of the device, where it is known.</summary>
    public string? DeviceKind { get; init; }

    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (Find(transaction) is not { } ticket)
        {
            return Refusal.UnknownTicket;
        }

        if (!Copy && ticket.Issuer != Device)
        {
            return Refusal.NotAllowed;
        }

        CopyOrders.Settle(transaction, Device, Ticket, Outcome, Copy);

        // A copy that failed leaves the first paper what it was; one that came out is a paper in the citizen's hand.
        var printed = Copy && Outcome != PrintState.Printed ? ticket.Printed : Outcome;
        transaction.Append(new TicketChanged(transaction.Now, TicketChange.Printed, ticket with { Printed = printed }) { Reason = Copy ? "copy" : null });
        return default(Done);
    }

    public override void Measure(HubMeter meter) => meter.Print(DeviceKind, Outcome.Code());

    /// <summary>Today's ticket, or one of a day gone by: a fact may come late.</summary>
    private Ticket? Find(HallTransaction transaction) =>
        transaction.Hall.Tickets.TryGetValue(Ticket, out var today)
            ? today
            : transaction.Connection.ExecuteScalar<string?>(
                "SELECT body FROM ticket WHERE id = @id", new { id = Ticket.ToByteArray(bigEndian: true) }, transaction.Transaction) is { } body
                ? EventBodies.ReadOneTicket(body)
                : null;
}
