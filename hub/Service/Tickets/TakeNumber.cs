using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Tickets;

/// <summary>A device asks for a number: the ticket, and the link that only this answer holds.</summary>
/// <param name="Report">The id of the report that asks, by which a kiosk can take the request back; null over HTTP.</param>
internal sealed record TakeNumber(IssueTicket Issue, Guid? Report, string LinkCode, TicketLinks Links) : JournalCommand<TicketResult>
{
    private static readonly Refusal Withdrawn = Refusal.NotNow(
        "Máy lấy số đã bỏ yêu cầu này. Hãy lấy số lại.", "The kiosk gave this request up. Take a number again.");

    private static readonly Refusal Answered = Refusal.NotNow(
        "Yêu cầu này đã được trả lời từ lâu. Hãy lấy số lại.", "This request was answered long ago. Take a number again.");

    public override Result<TicketResult> Execute(HallTransaction transaction)
    {
        if (Report is { } report)
        {
            if (WithdrawRequest.IsWithdrawn(transaction, Issue.Issuer!, report))
            {
                return Withdrawn;
            }

            // Answers are forgotten after a while, the tickets that came of them never.
            if (IssuerOf(transaction, report) is { } issuer)
            {
                return issuer == Issue.Issuer ? Answered : StoredResults.KeyReused;
            }
        }

        if (transaction.Execute(Issue) is { } refusal)
        {
            return refusal;
        }

        transaction.Run(
            "UPDATE ticket SET link = $p0, report = $p1 WHERE id = $p2",
            LinkCode, Report?.ToByteArray(bigEndian: true), Issue.Ticket.ToByteArray(bigEndian: true));
        transaction.AfterCommit(() => Links.Add(LinkCode, Issue.Ticket));
        return new TicketResult(transaction.Hall, Issue.Ticket, transaction.Now) { LinkCode = LinkCode, IsNew = true };
    }

    /// <summary>The device that took a number with a report, or null.</summary>
    private static string? IssuerOf(HallTransaction transaction, Guid report) => transaction.Connection.ExecuteScalar<string?>(
        "SELECT body ->> 'issuer' FROM ticket WHERE report = @report", new { report = report.ToByteArray(bigEndian: true) }, transaction.Transaction);
}
