using Dapper;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Tickets;

/// <summary>Copies of slips that a person has ordered at a device: each is open until the device reports it as printed.</summary>
internal static class CopyOrders
{
    /// <summary>How long a device may take to report a copy.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a copy that did not come out is shown as a fault.</summary>
    public static TimeSpan Shown { get; } = TimeSpan.FromHours(1);

    /// <summary>Keeps an order; it is sent to the device after this.</summary>
    public static void Place(HallTransaction transaction, string device, Guid ticket) =>
        transaction.Connection.Execute(
            """
            DELETE FROM copy_order WHERE at <= @forgotten;
            INSERT OR REPLACE INTO copy_order(device, ticket, at) VALUES (@device, @id, @now);
            """,
            new
            {
                device,
                id = ticket.ToByteArray(bigEndian: true),
                now = Milliseconds(transaction.Now),
                forgotten = Milliseconds(transaction.Now - Shown),
            },
            transaction.Transaction);

    /// <summary>
    /// A device reports what became of a slip. A printed one shows that the device prints again: its late and failed orders are closed too.
    /// </summary>
    public static void Settle(HallTransaction transaction, string device, Guid ticket, PrintState outcome, bool copy)
    {
        var id = ticket.ToByteArray(bigEndian: true);
        var now = Milliseconds(transaction.Now);
        if (outcome == PrintState.Printed)
        {
            transaction.Connection.Execute(
                "DELETE FROM copy_order WHERE device = @device AND ((@copy AND ticket = @id) OR failed_at IS NOT NULL OR at <= @late)",
                new { device, id, copy, late = Milliseconds(transaction.Now - Patience) },
                transaction.Transaction);
        }
        else if (copy)
        {
            transaction.Connection.Execute(
                "UPDATE copy_order SET failed_at = @now WHERE device = @device AND ticket = @id",
                new { device, id, now },
                transaction.Transaction);
        }
    }

    /// <summary>The devices that owe a copy, and since when that is known.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset> Owed(SqliteConnection connection, DateTimeOffset now) =>
        connection.Query<(string Device, long Since)>(
                """
                SELECT device, min(coalesce(failed_at, at + @patience)) FROM copy_order
                WHERE at > @forgotten AND coalesce(failed_at, at + @patience) <= @now GROUP BY device
                """,
                new { patience = (long)Patience.TotalMilliseconds, now = Milliseconds(now), forgotten = Milliseconds(now - Shown) })
            .ToDictionary(row => row.Device, row => DateTimeOffset.FromUnixTimeMilliseconds(row.Since));

    private static long Milliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();
}
