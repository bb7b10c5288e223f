using Dapper;
using Reception.Hub.Journal;

namespace Reception.Hub.Ratings;

/// <summary>One time a ticket is served at a counter, as the read tables hold it. Instants are UTC milliseconds.</summary>
internal sealed record Stay(long Id, long Day, byte[] Ticket, long Counter, string Officer, string Service, long? StartedAt, long? EndedAt, string? Ending)
{
    /// <summary>Stays at a counter in which a press at an instant can fall, newest first.</summary>
    public static List<Stay> Around(HallTransaction transaction, int counter, long at) =>
        transaction.Connection.Query<Stay>(
            $"{Columns} WHERE counter = @counter AND called_at <= @at ORDER BY called_at DESC, id DESC LIMIT 8",
            new { counter, at },
            transaction.Transaction).AsList();

    /// <summary>The stays of one ticket at a counter, newest first.</summary>
    public static List<Stay> Of(HallTransaction transaction, Guid ticket, int counter) =>
        transaction.Connection.Query<Stay>(
            $"{Columns} WHERE ticket = @ticket AND counter = @counter ORDER BY id DESC",
            new { ticket = ticket.ToByteArray(bigEndian: true), counter },
            transaction.Transaction).AsList();

    private const string Columns =
        "SELECT id, day, ticket, counter, officer, service, started_at AS StartedAt, ended_at AS EndedAt, ending FROM stay";
}
