using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Tickets;

/// <summary>
/// A kiosk gave up on a request for a number: the ticket that came of it is cancelled, or the request, should it still
/// come, finds its refusal waiting.
/// </summary>
internal sealed record WithdrawRequest(string Device, Guid Report) : JournalCommand
{
    private static readonly Refusal Withdrawn = Refusal.NotNow(
        "Máy lấy số đã bỏ yêu cầu này. Hãy lấy số lại.", "The kiosk gave this request up. Take a number again.");

    public override Decision Decide(WorkingHall working)
    {
        var earlier = working.Connection.QuerySingleOrDefault<(long Status, byte[] Body)?>(
            "SELECT status, body FROM answer WHERE principal = @Device AND id = @report",
            new { Device, report = Report.ToString() },
            working.Transaction);
        if (earlier is not { } answer)
        {
            var refused = Problem.Tell(Withdrawn);
            working.Connection.Execute(
                "INSERT INTO answer(principal, id, status, body, at) VALUES (@Device, @report, @Status, @Body, @at)",
                new { Device, report = Report.ToString(), refused.Status, refused.Body, at = working.Now.ToUnixTimeMilliseconds() },
                working.Transaction);
            return Decision.Nothing;
        }

        return answer.Status == StatusCodes.Status201Created && ProtocolJson.Read<TicketDocument>(answer.Body) is { } ticket
            && working.Hall.Tickets.TryGetValue(ticket.Id, out var live) && live.State != TicketState.Cancelled
                ? new CancelTicket(live.Id, null, CancelTicket.Withdrawn).Decide(working.Hall, working.Now) with { Reply = new Reply.Done() }
                : Decision.Nothing;
    }

    public override Told Tell(Reply reply, WorkingHall working) => new(StatusCodes.Status200OK, "{}"u8.ToArray());
}
