using System.Collections.Concurrent;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Phones;

/// <summary>Which phone took which ticket today, and the code of its page. A phone is known by a digest of its cookie.</summary>
internal sealed class PhoneTickets
{
    private readonly ConcurrentDictionary<(string Phone, string Service), PhoneTicket> _tickets = [];

    /// <summary>The phone's live ticket of a service, taken for it or going on to it, or null.</summary>
    public PhoneTicket? Live(HallState hall, string phone, string service) =>
        _tickets.TryGetValue((phone, service), out var one) && IsLive(hall, one) ? one
        : Live(hall, phone).FirstOrDefault(other => hall.Tickets[other.Ticket] is var ticket && (ticket.Service == service || ticket.Services.Contains(service)));

    /// <summary>All live tickets of a phone, in order of issue.</summary>
    public IReadOnlyList<PhoneTicket> Live(HallState hall, string phone) =>
        [.. _tickets.Where(pair => pair.Key.Phone == phone && IsLive(hall, pair.Value)).Select(pair => pair.Value).OrderBy(one => hall.Tickets[one.Ticket].Order)];

    public void Add(string phone, string service, PhoneTicket ticket) => _tickets[(phone, service)] = ticket;

    /// <summary>Reads today's, so that a phone is known after a restart, and forgets them when their day is over.</summary>
    public void Load(JournalFile journal, HallBoard board)
    {
        board.OnNewDay(Forget);
        using var reader = journal.OpenReader();
        foreach (var (phone, service, ticket, link) in reader.Query<(byte[] Phone, string Service, byte[] Ticket, string Link)>(
            """
            SELECT phone_ticket.phone, phone_ticket.service, phone_ticket.ticket, ticket.link
            FROM phone_ticket JOIN ticket ON ticket.id = phone_ticket.ticket WHERE phone_ticket.day = @day
            """,
            new { day = DayNumber.Of(board.Current.State.Day) }))
        {
            Add(Convert.ToHexStringLower(phone), service, new PhoneTicket(new Guid(ticket, bigEndian: true), link));
        }
    }

    private void Forget(HallState hall)
    {
        foreach (var one in _tickets.Where(one => !hall.Tickets.ContainsKey(one.Value.Ticket)))
        {
            _tickets.TryRemove(one);
        }
    }

    private static bool IsLive(HallState hall, PhoneTicket one) => hall.Tickets.TryGetValue(one.Ticket, out var ticket) && ticket.IsOpen;
}

/// <summary>A ticket that a phone took.</summary>
/// <param name="Link">The code that ends the address of its page.</param>
internal sealed record PhoneTicket(Guid Ticket, string Link);
