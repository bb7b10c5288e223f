using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Phones;

/// <summary>Which phone took which ticket today, and the code of its page. A phone is known by a digest of its cookie.</summary>
internal sealed class PhoneTickets
{
    private readonly ConcurrentDictionary<string, ImmutableList<PhoneTicket>> _tickets = [];

    /// <summary>The phone's live ticket of a service, which waits for it, is served there or goes on to it, or null.</summary>
    public PhoneTicket? Live(HallState hall, string phone, string service) =>
        Live(hall, phone).FirstOrDefault(one => hall.Tickets[one.Ticket] is var ticket && (ticket.Service == service || ticket.Services.Contains(service)));

    /// <summary>All live tickets of a phone, in order of issue.</summary>
    public IReadOnlyList<PhoneTicket> Live(HallState hall, string phone) =>
        [.. _tickets.GetValueOrDefault(phone, []).Where(one => IsLive(hall, one)).OrderBy(one => hall.Tickets[one.Ticket].Order)];

    public void Add(string phone, PhoneTicket ticket) => _tickets.AddOrUpdate(phone, [ticket], (_, before) => before.Add(ticket));

    /// <summary>Reads today's, so that a phone is known after a restart, and forgets them when their day is over.</summary>
    public void Load(HubDatabase database, HallBoard board)
    {
        board.OnNewDay(Forget);
        using var reader = database.OpenReader();
        foreach (var (phone, ticket, link) in reader.Query<(byte[] Phone, byte[] Ticket, string Link)>(
            """
            SELECT phone_ticket.phone, phone_ticket.ticket, ticket.link
            FROM phone_ticket JOIN ticket ON ticket.id = phone_ticket.ticket WHERE phone_ticket.day = @day
            """,
            new { day = DayNumber.Of(board.Current.State.Day) }))
        {
            Add(Convert.ToHexStringLower(phone), new PhoneTicket(new Guid(ticket, bigEndian: true), link));
        }
    }

    private void Forget(HallState hall)
    {
        foreach (var one in _tickets.Where(one => !one.Value.Exists(mine => hall.Tickets.ContainsKey(mine.Ticket))))
        {
            _tickets.TryRemove(one);
        }
    }

    private static bool IsLive(HallState hall, PhoneTicket one) => hall.Tickets.TryGetValue(one.Ticket, out var ticket) && ticket.IsOpen;
}

/// <summary>A ticket that a phone took.</summary>
/// <param name="Link">The code that ends the address of its page.</param>
internal sealed record PhoneTicket(Guid Ticket, string Link);
