using Dapper;
using Reception.Hub.Journal;
using Reception.Hub.Rendering;
using Reception.Protocol;

namespace Reception.Hub.Tickets;

/// <summary>Finds tickets: today's live in the published hall, older ones in the read tables.</summary>
internal sealed class TicketBook(HallBoard board, HubDatabase database, Renderer renderer, TimeProvider clock)
{
    public TicketDocument? Find(Guid id)
    {
        var hall = board.Current.State;
        if (hall.Tickets.TryGetValue(id, out var live))
        {
            return renderer.Ticket(hall, live, clock.GetUtcNow());
        }

        using var reader = database.OpenReader();
        return reader.ExecuteScalar<string?>("SELECT body FROM ticket WHERE id = @id", new { id = id.ToByteArray(bigEndian: true) }) is { } body
            ? renderer.Ticket(EventBodies.ReadOneTicket(body), 0, null)
            : null;
    }
}
