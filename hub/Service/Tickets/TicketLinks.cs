using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;

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
    public void Load(JournalFile journal, HallBoard board)
    {
        board.OnNewDay(Forget);
        using var reader = journal.OpenReader();
        using var find = reader.CreateCommand();
        find.CommandText = "SELECT link FROM ticket WHERE id = $id";
        var parameter = find.Parameters.Add("$id", SqliteType.Blob);
        foreach (var id in board.Current.State.Tickets.Keys)
        {
            parameter.Value = id.ToByteArray(bigEndian: true);
            if (find.ExecuteScalar() is string code)
            {
                Add(code, id);
            }
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
