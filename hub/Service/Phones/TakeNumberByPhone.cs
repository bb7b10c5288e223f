using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;
using Reception.Protocol;

namespace Reception.Hub.Phones;

/// <summary>A phone in the hall takes a number; where it holds a live one of the service already, it is told that one again.</summary>
internal sealed record TakeNumberByPhone(IssueTicket Issue, string Phone, string Address, string LinkCode, TicketLinks Links, PhoneTickets Phones, PhoneLimits Limits)
    : JournalCommand
{
    private static readonly Refusal HasItAlready = Refusal.NotNow(
        "Quý vị đang có số của lĩnh vực thứ hai. Xin lấy số cho lĩnh vực thứ nhất thôi.", "You hold a number for the second service. Take one for the first alone.");

    private static readonly Refusal CannotAdd = Refusal.NotNow(
        "Quý vị đang có số của lĩnh vực thứ nhất; không thêm được việc vào số đã lấy. Xin lấy một số khác cho lĩnh vực thứ hai.",
        "You hold a number for the first service, and nothing can be added to it. Take another number for the second.");

    /// <summary>Whether the code was asked, and right; else the phone held a live number when it asked.</summary>
    public required bool ProvedPresence { get; init; }

    public override Decision Decide(WorkingHall working) =>
        Phones.Live(working.Hall, Phone, Issue.Service) is { } mine ? Again(working.Hall.Tickets[mine.Ticket])
        : !ProvedPresence ? Decision.Refused(JoinByPhone.WrongCode)
        : Issue.Services.Any(service => Phones.Live(working.Hall, Phone, service) is not null) ? Decision.Refused(HasItAlready)
        : Limits.HasTakenTooMany(Address) ? Decision.Refused(PhoneLimits.TooMany)
        : Issue.Decide(working.Hall, working.Now);

    public override Told Tell(Reply reply, WorkingHall working)
    {
        var ticket = working.Hall.Tickets[((Reply.OfTicket)reply).Ticket];
        var isNew = ticket.Id == Issue.Ticket;
        if (isNew)
        {
            Keep(working);
        }

        var link = Phones.Live(working.Hall, Phone, Issue.Service)!.Link;
        return new Told(
            isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            ProtocolJson.Write(working.Renderer.Ticket(working.Hall, ticket, working.Now) with { Link = Links.Address(link) }));
    }

    private Decision Again(Ticket mine) =>
        Issue.Services.All(service => mine.Service == service || mine.Services.Contains(service)) ? new Decision([], new Reply.OfTicket(mine.Id)) : Decision.Refused(CannotAdd);

    private void Keep(WorkingHall working)
    {
        var id = Issue.Ticket.ToByteArray(bigEndian: true);
        working.Run("UPDATE ticket SET link = $p0 WHERE id = $p1", LinkCode, id);
        working.Run("INSERT OR REPLACE INTO phone_ticket(phone, service, day, ticket) VALUES ($p0, $p1, $p2, $p3)",
            Convert.FromHexString(Phone), Issue.Service, DayNumber.Of(working.Hall.Day), id);
        Links.Add(LinkCode, Issue.Ticket);
        Phones.Add(Phone, new PhoneTicket(Issue.Ticket, LinkCode));
        Limits.Took(Address);
    }
}
