using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Tickets;

/// <summary>A device asks for a number: the ticket, and the link that only this answer holds.</summary>
internal sealed record TakeNumber(IssueTicket Issue, string LinkCode, TicketLinks Links) : JournalCommand
{
    public override Decision Decide(WorkingHall working) => Issue.Decide(working.Hall, working.Now);

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var ticket = working.Hall.Tickets[Issue.Ticket];
        working.Run("UPDATE ticket SET link = $p0 WHERE id = $p1", LinkCode, ticket.Id.ToByteArray(bigEndian: true));
        Links.Add(LinkCode, ticket.Id);
        return new Told(
            StatusCodes.Status201Created,
            ProtocolJson.Write(working.Renderer.Ticket(working.Hall, ticket, working.Now) with { Link = Links.Address(LinkCode) }));
    }
}
