using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Tickets;

/// <summary>
/// A kiosk gave up on a request for a number: the ticket that came of it is cancelled, or the request, should it still
/// come, is refused.
/// </summary>
internal sealed record WithdrawRequest(string Device, Guid Report) : JournalCommand<Done>
{
    /// <summary>Whether a device gave up a request before it came.</summary>
    public static bool IsWithdrawn(HallTransaction transaction, string device, Guid report) =>
        transaction.Connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM withdrawn WHERE device = @device AND report = @report)",
            new { device, report = report.ToByteArray(bigEndian: true) },
            transaction.Transaction);

    public override Result<Done> Execute(HallTransaction transaction)
    {
        var report = Report.ToByteArray(bigEndian: true);
        if (transaction.Connection.ExecuteScalar<byte[]?>("SELECT id FROM ticket WHERE report = @report", new { report }, transaction.Transaction) is not { } id)
        {
            transaction.Run("INSERT OR IGNORE INTO withdrawn(device, report, at) VALUES ($p0, $p1, $p2)", Device, report, transaction.Now.ToUnixTimeMilliseconds());
            return default(Done);
        }

        var isToday = transaction.Hall.Tickets.TryGetValue(new Guid(id, bigEndian: true), out var ticket);
        return isToday && ticket!.Issuer == Device && ticket.State != TicketState.Cancelled
            && transaction.Execute(new CancelTicket(ticket.Id, null, CancelTicket.Withdrawn)) is { } refusal
                ? refusal
                : default(Done);
    }
}
