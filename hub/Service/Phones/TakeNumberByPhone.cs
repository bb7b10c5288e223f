using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;

namespace Reception.Hub.Phones;

/// <summary>A phone in the hall takes a number; where it holds a live one of the service already, it is given that one again.</summary>
internal sealed record TakeNumberByPhone(IssueTicket Issue, string Phone, PhoneLimits.Place Place, string LinkCode, TicketLinks Links, PhoneTickets Phones)
    : JournalCommand<TicketResult>
{
    private static readonly Refusal HasItAlready = Refusal.NotNow(
        "Quý vị đang có số của lĩnh vực thứ hai. Xin lấy số cho lĩnh vực thứ nhất thôi.", "You hold a number for the second service. Take one for the first alone.");

    private static readonly Refusal CannotAdd = Refusal.NotNow(
        "Quý vị đang có số của lĩnh vực thứ nhất; không thêm được việc vào số đã lấy. Xin lấy một số khác cho lĩnh vực thứ hai.",
        "You hold a number for the first service, and nothing can be added to it. Take another number for the second.");

    /// <summary>Whether the code was asked, and right; else the phone held a live number when it asked.</summary>
    public required bool ProvedPresence { get; init; }

    public override Result<TicketResult> Execute(HallTransaction transaction)
    {
        var live = Live(transaction);
        if (Holding(live, Issue.Service) is { Ticket: var mine, LinkCode: var link })
        {
            return Issue.Services.All(service => IsFor(mine, service))
                ? new TicketResult(transaction.Hall, mine.Id, transaction.Now) { LinkCode = link }
                : CannotAdd;
        }

        if (!ProvedPresence)
        {
            return JoinByPhone.WrongCode;
        }

        if (Issue.Services.Any(service => Holding(live, service) is not null))
        {
            return HasItAlready;
        }

        if (Place.Wait is { } wait)
        {
            return PhoneLimits.TooMany with { RetryAfter = wait };
        }

        if (transaction.Execute(Issue) is { } refusal)
        {
            return refusal;
        }

        Keep(transaction);
        return new TicketResult(transaction.Hall, Issue.Ticket, transaction.Now) { LinkCode = LinkCode, IsNew = true };
    }

    private static (Ticket Ticket, string LinkCode)? Holding(List<(Ticket Ticket, string LinkCode)> live, string service) =>
        live.Find(one => IsFor(one.Ticket, service)) is { Ticket: not null } found ? found : null;

    private static bool IsFor(Ticket ticket, string service) => ticket.Service == service || ticket.Services.Contains(service);

    /// <summary>The phone's open tickets of today, also those of this batch.</summary>
    private List<(Ticket Ticket, string LinkCode)> Live(HallTransaction transaction) =>
    [
        .. transaction.Connection.Query<(byte[] Ticket, string Link)>(
                "SELECT phone_ticket.ticket, ticket.link FROM phone_ticket JOIN ticket ON ticket.id = phone_ticket.ticket WHERE phone_ticket.phone = @phone",
                new { phone = Convert.FromHexString(Phone) },
                transaction.Transaction)
            .Select(row => (Ticket: transaction.Hall.Tickets.GetValueOrDefault(new Guid(row.Ticket, bigEndian: true)), row.Link))
            .Where(row => row.Ticket is { IsOpen: true })
            .Select(row => (row.Ticket!, row.Link)),
    ];

    private void Keep(HallTransaction transaction)
    {
        var id = Issue.Ticket.ToByteArray(bigEndian: true);
        transaction.Run("UPDATE ticket SET link = $p0 WHERE id = $p1", LinkCode, id);
        transaction.Run("INSERT OR REPLACE INTO phone_ticket(phone, service, day, ticket) VALUES ($p0, $p1, $p2, $p3)",
            Convert.FromHexString(Phone), Issue.Service, DayNumber.Of(transaction.Hall.Day), id);
        transaction.AfterCommit(() =>
        {
            Links.Add(LinkCode, Issue.Ticket);
            Phones.Add(Phone, new PhoneTicket(Issue.Ticket, LinkCode));
            Place.Use();
        });
    }
}
