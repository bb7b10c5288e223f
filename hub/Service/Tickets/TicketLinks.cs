using System.Collections.Concurrent;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Options;

namespace Reception.Hub.Tickets;

/// <summary>The random codes that end the addresses of today's tickets' pages: who has one may watch and cancel that ticket.</summary>
internal sealed class TicketLinks(HubOptions options)
{
    private readonly ConcurrentDictionary<string, Guid> _tickets = [];

    /// <summary>The address of a ticket's page; absolute where the hall has a public address.</summary>
    public string Address(string code) => $"{options.PublicAddress?.TrimEnd('/')}/t/{code}";

    /// <summary>The ticket of a code of today, or null.</summary>
    public Guid? Find(string code) => _tickets.TryGetValue(code, out var ticket) ? ticket : null;

    public void Add(string code, Guid ticket) => _tickets[code] = ticket;

    /// <summary>Reads today's codes, so that links outlive a restart, and forgets them when their day is over.</summary>
    public void Load(HubDatabase database, HallBoard board)
    {
        board.OnNewDay(Forget);
        using var reader = database.OpenReader();
        using var find = reader.CreateCommand();
        // Ids are in the order of time: no earlier day is read.
        find.CommandText = "SELECT id, link FROM ticket WHERE id >= $first AND day = $day AND link IS NOT NULL";
        var hall = board.Current.State;
        find.Parameters.AddWithValue("$first", hall.Tickets.Keys.DefaultIfEmpty().Min().ToByteArray(bigEndian: true));
        find.Parameters.AddWithValue("$day", DayNumber.Of(hall.Day));
        using var found = find.ExecuteReader();
        while (found.Read())
        {
            Add(found.GetString(1), new Guid(found.GetFieldValue<byte[]>(0), bigEndian: true));
        }
    }

    /// <summary>The new day's first numbers may come in one commit with its opening: what the hall has stays.</summary>
    private void Forget(HallState hall)
    {
        foreach (var one in _tickets.Where(one => !hall.Tickets.ContainsKey(one.Value)))
        {
            _tickets.TryRemove(one);
        }
    }
}
